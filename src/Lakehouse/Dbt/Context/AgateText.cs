using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Context;

/// <summary>How dbt's tables print their rows and columns: the first five values.</summary>
internal static class AgateText
{
    private const int Shown = 5;

    public static string Of(string type, IReadOnlyCollection<object?> values) =>
        $"<agate.{type}: ({string.Join(", ", values.Take(Shown).Select(PyValue.Repr))}{(values.Count > Shown ? ", ..." : "")})>";
}
