using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Methods;

/// <summary>The methods of Python's <c>tuple</c>.</summary>
internal static class TupleMethods
{
    public static FunctionTable Table { get; } = new("method",
    [
        new("count", ["_tuple", "_item"], a => (long)((PyTuple)a[0]!).Items.Count(item => PyValue.AreEqual(item, a[1]))),
        new("index", ["_tuple", "_item"], ListMethods.Index),
    ]);
}
