using System.Runtime.CompilerServices;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Statements;

/// <summary>A macro with the scope that it was defined in; a call answers its text.</summary>
/// <remarks><c>varargs</c>, <c>kwargs</c> and <c>caller</c> are there for macros that read them; others refuse such arguments.</remarks>
internal sealed class Macro(MacroBody definition, Frame closure) : IJinjaCallable, IPyTyped
{
    public string TypeName => "jinja2.runtime.Macro";

    public object? Call(JinjaArguments arguments)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw JinjaException.Runtime("maximum recursion depth exceeded");
        }

        var frame = new Frame(closure.Run.ForCall(), closure.Output.Fresh(), closure);
        frame.Run.Line = definition.Line;
        Bind(arguments, frame);
        try
        {
            definition.Body.Execute(frame);
            return frame.Output.Text();
        }
        catch (JinjaException failure)
        {
            failure.Locate(frame.Run.TemplateName, frame.Run.Line);
            throw;
        }
    }

    public override string ToString() => throw JinjaException.Unsupported("printing a macro");

    private void Bind(JinjaArguments arguments, Frame frame)
    {
        var names = definition.Signature.Names;
        for (var index = 0; index < names.Count; index++)
        {
            frame.Set(names[index], Argument(index, arguments, frame));
        }

        BindExtra(arguments, frame);
    }

    private object? Argument(int index, JinjaArguments arguments, Frame frame)
    {
        var name = definition.Signature.Names[index];
        if (index < arguments.Positional.Count)
        {
            return arguments.Positional[index];
        }

        if (arguments.Keywords.TryGetValue(name, out var value))
        {
            return value;
        }

        return definition.Signature.Default(index) is { } otherwise
            ? otherwise.Evaluate(frame)
            : new JinjaUndefined($"parameter '{name}' was not provided");
    }

    private void BindExtra(JinjaArguments arguments, Frame frame)
    {
        var names = definition.Signature.Names;
        var more = arguments.Positional.Skip(names.Count).ToArray();
        var named = arguments.Keywords.Where(keyword => !names.Skip(arguments.Positional.Count).Contains(keyword.Key)).ToDictionary();
        if (definition.Needs.Caller && !names.Contains("caller"))
        {
            frame.Set("caller", named.Remove("caller", out var caller) ? caller : new JinjaUndefined("No caller defined"));
        }

        if (definition.Needs.Named && !names.Contains("kwargs"))
        {
            frame.Set("kwargs", new PyDict(named.Select(keyword => KeyValuePair.Create((object?)keyword.Key, keyword.Value))));
        }
        else if (named.Count > 0)
        {
            throw JinjaException.Runtime($"{Subject} takes no keyword argument {PyValue.Repr(named.Keys.First())}");
        }

        if (definition.Needs.Positional && !names.Contains("varargs"))
        {
            frame.Set("varargs", new PyTuple(more));
        }
        else if (more.Length > 0)
        {
            throw JinjaException.Runtime($"{Subject} takes not more than {names.Count} argument(s)");
        }
    }

    private string Subject => $"macro {PyValue.Repr(definition.Name)}";
}
