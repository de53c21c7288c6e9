namespace Recoup.Lakehouse.Dbt;

/// <summary>How a call of dbt ended.</summary>
/// <param name="ExitCode">dbt's: 0 fine (warnings too), 1 a node failed, 2 the work could not start.</param>
/// <param name="Nodes">The nodes in the order in which they ended.</param>
/// <param name="Elapsed">Wall time of the call.</param>
/// <param name="Error">Why the work could not start, with file and line; <see langword="null"/> when it did.</param>
public sealed record DbtRunResult(int ExitCode, IReadOnlyList<DbtNodeResult> Nodes, TimeSpan Elapsed, string? Error = null)
{
    /// <summary>Every node ended well.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>What <c>ls</c> lists, sorted.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>What templates logged for the console, and what <c>show</c> and <c>compile --inline</c> print.</summary>
    public IReadOnlyList<string> Console { get; init; } = [];

    /// <summary>What parsing warned of: tests on what is not there, entries that describe nothing.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>How one node ended.</summary>
/// <param name="UniqueId">dbt's id, such as <c>model.recoup.fct_payments</c>.</param>
/// <param name="Status">dbt's word: <c>success</c>, <c>error</c>, <c>skipped</c>; for tests <c>pass</c>, <c>fail</c>, <c>warn</c>, <c>error</c>.</param>
/// <param name="Message">What dbt would print of it: the number of results, or the error with file and line.</param>
/// <param name="Failures">Rows that a test found; <see langword="null"/> for what is no test.</param>
/// <param name="RowsAffected">Rows written; <see langword="null"/> where nothing was.</param>
/// <param name="Elapsed">Wall time of the node.</param>
public sealed record DbtNodeResult(string UniqueId, string Status, string? Message, long? Failures, long? RowsAffected, TimeSpan Elapsed);
