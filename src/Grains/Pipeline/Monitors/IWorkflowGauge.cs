namespace Recoup.Pipeline.Monitors;

/// <summary>What the workflow server knows of the recoveries of a time.</summary>
public interface IWorkflowGauge
{
    Task<WorkflowCounts> ReadAsync(DateTimeOffset since, CancellationToken cancellation);
}

/// <param name="Started">Workflows that started since.</param>
/// <param name="Completed">Workflows that closed since and did what they should.</param>
/// <param name="Failed">Workflows that closed since because they failed, timed out or were terminated.</param>
/// <param name="MedianDuration">From start to close, of those that completed since, wall time; null when none did.</param>
public sealed record WorkflowCounts(long Started, long Completed, long Failed, TimeSpan? MedianDuration);
