using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Iceberg.Scans;

/// <summary>What is known of the values of a column, or of a partition field, in a set of rows.</summary>
/// <param name="Lower">No value is below it; null when unknown.</param>
/// <param name="Upper">No value is above it; null when unknown.</param>
internal sealed record ValueRange(object? Lower, object? Upper)
{
    public bool MayHaveNull { get; init; } = true;

    public bool AllNull { get; init; }

    /// <summary>Bounds leave NaN out, and DuckDB sorts NaN above every number.</summary>
    public bool MayHaveNaN { get; init; }

    /// <summary>Whether a row can satisfy the comparison, given the range of the column under the transform.</summary>
    /// <param name="transform">How the range's values come from the column's.</param>
    /// <param name="type">The type of the column.</param>
    /// <param name="comparison">The comparison with the column.</param>
    /// <param name="value">The value that the column is compared with.</param>
    public bool MayMatch(Transform transform, PrimitiveType type, Comparison comparison, object value)
    {
        if (AllNull)
        {
            return false;
        }

        if (ValueOrder.IsNaN(value) || comparison is Comparison.NotEqual || (MayHaveNaN && comparison is Comparison.Greater or Comparison.GreaterOrEqual))
        {
            return true;
        }

        if (comparison is not Comparison.Equal && !transform.IsMonotonic)
        {
            return true;
        }

        return MayMatch(transform.ResultType(type), comparison, transform.Apply(type, value), isExact: transform.Kind is TransformKind.Identity);
    }

    private bool MayMatch(PrimitiveType type, Comparison comparison, object? value, bool isExact)
    {
        if (value is null)
        {
            return true; // The void transform says nothing.
        }

        var toLower = Lower is null ? -1 : Order(type, Lower, value);
        var toUpper = Upper is null ? 1 : Order(type, Upper, value);
        return comparison switch
        {
            Comparison.Equal => toLower <= 0 && toUpper >= 0,
            Comparison.Less => isExact ? toLower < 0 : toLower <= 0,
            Comparison.LessOrEqual => toLower <= 0,
            Comparison.Greater => isExact ? toUpper > 0 : toUpper >= 0,
            _ => toUpper >= 0,
        };
    }

    /// <summary>For a query -0.0 and 0.0 are one number, whatever the order of bounds.</summary>
    private static int Order(PrimitiveType type, object left, object right) =>
        left is 0d or 0f && right is 0d or 0f ? 0 : ValueOrder.Compare(type, left, right);
}
