using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Binding;

/// <summary>An expression with its type, as DuckDB computes it.</summary>
/// <param name="Sql">Safe to stand anywhere: a call, a literal, a column or something in parentheses.</param>
/// <param name="Constant">The value of a literal (text, long, decimal or boolean); null for all else.</param>
/// <param name="CanFail">A value of the data can fail the job, so that a CASE or AND around it must guard it.</param>
/// <param name="NamesOf">The JSON text of an array of an object's names: the expression that gives the object.</param>
/// <param name="Rows">What an array holds of which each element is a ROW written out; so UNNEST need not build it.</param>
internal sealed record BoundExpression(
    string Sql, FlinkType Type, object? Constant = null, bool CanFail = false, IReadOnlyList<IReadOnlyList<BoundExpression>>? Rows = null,
    BoundExpression? NamesOf = null)
{
    public string? ConstantText => Constant as string;
}
