using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>How a node ended.</summary>
/// <param name="Status">dbt's word.</param>
/// <param name="Failures">Rows that a test found.</param>
/// <param name="Response">What the warehouse answered, as run_results.json has it.</param>
internal sealed record NodeOutcome(DbtNode Node, string Status, string? Message, long? Failures = null, PyDict? Response = null, long? RowsAffected = null)
{
    public const string Success = "success";
    public const string Error = "error";
    public const string Skipped = "skipped";
    public const string Pass = "pass";
    public const string Fail = "fail";
    public const string Warn = "warn";
    public const string NoOp = "no-op";

    public string? CompiledCode { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public TimeSpan Elapsed { get; init; }

    /// <summary>Nothing that reads the node may run, and the exit code is 1.</summary>
    public bool IsFailure => Status is Error or Fail or "runtime error";

    public static NodeOutcome Skip(DbtNode node, string? message = null) => new(node, Skipped, message);
}
