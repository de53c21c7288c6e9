namespace Recoup.Lakehouse.Dbt.Graph;

/// <summary>dbt's words for kinds of nodes, as they stand in unique ids and artifacts.</summary>
internal static class ResourceType
{
    public const string Model = "model";
    public const string Seed = "seed";
    public const string Test = "test";
    public const string Analysis = "analysis";
    public const string Source = "source";
    public const string Exposure = "exposure";
    public const string UnitTest = "unit_test";
    public const string Operation = "operation";
    public const string SqlOperation = "sql_operation";

    /// <summary>All words that dbt knows, also of what is refused here.</summary>
    public static IReadOnlySet<string> Known { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        Model, Seed, Test, Analysis, Source, Exposure, UnitTest, Operation, SqlOperation,
        "snapshot", "macro", "docs", "metric", "group", "saved_query", "semantic_model", "fixture", "function", "rpc", "doc",
    };

    /// <summary>What <c>dbt ls</c> lists when it is not told.</summary>
    public static IReadOnlySet<string> Listed { get; } = new HashSet<string>(StringComparer.Ordinal) { Model, Seed, Test, Source, Exposure, UnitTest };
}
