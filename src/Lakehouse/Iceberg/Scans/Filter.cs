namespace Recoup.Lakehouse.Iceberg.Scans;

public enum Comparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>
/// A condition on rows. It prunes files by partition and statistics, and is applied to the rows that are left. Values are text as DuckDB prints
/// them: <c>4999</c>, <c>2026-11-23</c>, <c>2026-11-23 09:30:00</c> (UTC), bytes as hexadecimal digits.
/// </summary>
public abstract record Filter
{
    public static Filter All { get; } = new EveryRow();

    public static Filter Compare(string column, Comparison comparison, string value) => new CompareFilter(column, comparison, value);

    public static Filter Equal(string column, string value) => Compare(column, Comparison.Equal, value);

    public static Filter In(string column, params IEnumerable<string> values) => values.Select(value => Equal(column, value)).Aggregate((left, right) => left.Or(right));

    public static Filter IsNull(string column) => new NullFilter(column, WantsNull: true);

    public static Filter NotNull(string column) => new NullFilter(column, WantsNull: false);

    public Filter And(Filter other) => new AndFilter(this, other);

    public Filter Or(Filter other) => new OrFilter(this, other);
}

internal sealed record EveryRow : Filter;

internal sealed record AndFilter(Filter Left, Filter Right) : Filter;

internal sealed record OrFilter(Filter Left, Filter Right) : Filter;

internal sealed record NullFilter(string Column, bool WantsNull) : Filter;

internal sealed record CompareFilter(string Column, Comparison Comparison, string Value) : Filter;
