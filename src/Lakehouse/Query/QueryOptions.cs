using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Recoup.Lakehouse.Query;

/// <summary>Which engine answers queries.</summary>
public enum QueryEngineKind
{
    /// <summary>DuckDB, in this process.</summary>
    DuckDb,

    /// <summary>A Trino server over HTTP.</summary>
    Trino,
}

/// <summary>Section <c>Query</c>.</summary>
public sealed class QueryOptions : IValidatableObject
{
    public const string Section = "Query";

    /// <summary>Default: DuckDB in this process.</summary>
    public QueryEngineKind Engine { get; set; } = QueryEngineKind.DuckDb;

    /// <summary>Address of the Trino server, such as <c>http://trino:8080</c>; needed for the engine Trino and only there.</summary>
    public Uri? TrinoUrl { get; set; }

    /// <summary>Trino's name of the catalog that holds the lake. Default <c>iceberg</c>.</summary>
    [Required]
    public string TrinoCatalog { get; set; } = "iceberg";

    /// <summary>The user that Trino is told. Default <c>recoup</c>.</summary>
    [Required]
    public string TrinoUser { get; set; } = "recoup";

    /// <summary>Longest time of a query, to its last row. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan TimeMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Most memory of a query in DuckDB. Default 512 MiB.</summary>
    [Range(16L * 1024 * 1024, long.MaxValue)]
    public long MemoryBytesMax { get; set; } = 512L * 1024 * 1024;

    /// <summary>Most rows of a result; the rest is cut and the result says so. Default 1,000,000.</summary>
    [Range(1, long.MaxValue)]
    public long RowsMax { get; set; } = 1_000_000;

    /// <summary>Most queries at once in DuckDB; others wait, and their time runs. Default 4.</summary>
    [Range(1, 1_024)]
    public int ConcurrencyMax { get; set; } = 4;

    /// <summary>Threads of one query in DuckDB. Default 2.</summary>
    [Range(1, 1_024)]
    public int Threads { get; set; } = 2;

    /// <summary>What a query may use that asks for nothing else.</summary>
    internal QueryLimits Limits => new(TimeMax, MemoryBytesMax, RowsMax);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Engine is QueryEngineKind.Trino && TrinoUrl is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            yield return new ValidationResult("Query__Engine=Trino needs Query__TrinoUrl, such as http://trino:8080.", [nameof(TrinoUrl)]);
        }
    }
}

[OptionsValidator]
internal sealed partial class QueryOptionsValidator : IValidateOptions<QueryOptions>;
