using System.Collections.Frozen;

namespace Recoup.Lakehouse.Dbt.Jinja.Calls;

/// <summary>Functions by name, and the names that Python has and that are refused.</summary>
/// <param name="kind">What a message calls one: <c>filter</c>, <c>method</c>.</param>
/// <param name="functions">What is supported.</param>
/// <param name="refused">What Python or Jinja has besides, by name.</param>
internal sealed class FunctionTable(string kind, IEnumerable<Function> functions, params string[] refused)
{
    private readonly FrozenDictionary<string, Function> _functions = functions.ToFrozenDictionary(function => function.Name);
    private readonly FrozenSet<string> _refused = refused.ToFrozenSet();

    /// <summary>The name exists in real dbt, whether it is supported here or not.</summary>
    public bool Knows(string name) => _functions.ContainsKey(name) || _refused.Contains(name);

    /// <exception cref="JinjaException">Real dbt has it and this evaluator does not.</exception>
    public Function? Find(string name)
    {
        if (_functions.TryGetValue(name, out var function))
        {
            return function;
        }

        return _refused.Contains(name) ? throw JinjaException.Unsupported($"the {kind} '{name}'") : null;
    }
}
