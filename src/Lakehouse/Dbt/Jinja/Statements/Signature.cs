using Recoup.Lakehouse.Dbt.Jinja.Expressions;

namespace Recoup.Lakehouse.Dbt.Jinja.Statements;

/// <summary>The parameters of a macro.</summary>
/// <param name="Defaults">Those of the last parameters.</param>
internal sealed record Signature(IReadOnlyList<string> Names, IReadOnlyList<Expression> Defaults)
{
    public static Signature Empty { get; } = new([], []);

    /// <summary>Null where the parameter has none.</summary>
    public Expression? Default(int index)
    {
        var offset = index - (Names.Count - Defaults.Count);
        return offset >= 0 ? Defaults[offset] : null;
    }
}
