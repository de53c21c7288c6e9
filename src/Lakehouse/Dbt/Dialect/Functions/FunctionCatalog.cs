using System.Collections.Frozen;
using Recoup.Lakehouse.Dbt.Dialect.Binding;

namespace Recoup.Lakehouse.Dbt.Dialect.Functions;

/// <summary>The functions of <c>functions.catalog</c>: what is not in it, and has no rule of its own, is refused.</summary>
internal static class FunctionCatalog
{
    private static readonly FrozenDictionary<string, Signature[]> Signatures = EmbeddedText.Read("functions.catalog").Split('\n')
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(Signature.Parse)
        .GroupBy(signature => signature.Name)
        .ToFrozenDictionary(group => group.Key, group => group.ToArray());

    public static bool Contains(string name) => Signatures.ContainsKey(name);

    /// <summary>The call in DuckDB's words; refused where no line of the catalog, or more than one, can be meant.</summary>
    public static Bound Bind(string name, IReadOnlyList<Bound> arguments, int line, BindingContext context)
    {
        var fitting = Signatures[name].Select(signature => (signature, Distance: signature.Distance(arguments)))
            .Where(candidate => candidate.Distance < Parameter.NoMatch)
            .OrderBy(candidate => candidate.Distance)
            .ToList();
        var types = string.Join(", ", arguments.Select(argument => argument.Type));
        if (fitting.Count == 0)
        {
            throw arguments.Any(argument => !argument.Type.IsKnown)
                ? context.TypeNotKnown(line, $"{name}({types})")
                : context.Refuse("L15", line, $"{name}({types}) is not a call that both engines answer alike", "See docs/DIALECT.md for the forms of it that are read");
        }

        return fitting[0].Distance >= 10 && fitting.Count > 1 && fitting.Select(candidate => candidate.signature.Template).Distinct().Count() > 1
            ? throw context.TypeNotKnown(line, $"{name}({types})")
            : fitting[0].signature.Apply(arguments, line);
    }
}
