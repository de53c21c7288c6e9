namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>What stands around an aggregate's arguments, in DuckDB's words.</summary>
/// <param name="OrderBy">With its words, or empty.</param>
/// <param name="Window">With OVER, or empty.</param>
internal sealed record AggregateTail(bool IsDistinct, string OrderBy, string? Filter, string Window)
{
    public string Call(string function, string arguments) => Around($"{function}({(IsDistinct ? "DISTINCT " : "")}{arguments}{OrderBy})");

    /// <summary>The call with its filter and its window behind it.</summary>
    public string Around(string call) => $"{call}{(Filter is null ? "" : $" FILTER (WHERE {Filter})")}{Window}";

    public string And(string condition) => Filter is null ? condition : $"({Filter} AND {condition})";
}
