namespace Recoup.Pipeline.Steps;

internal static class PipelineWork
{
    /// <summary>
    /// Runs a step on the thread pool and not on the grain's scheduler, which this is the one place to leave: DuckDB computes for seconds without giving
    /// its thread back, and the status would not be answered meanwhile. A step knows nothing of the grain.
    /// </summary>
    public static async Task<StepReport> DoAsync(IPipelineStep step, PipelineRun run, CancellationToken cancellation)
    {
        try
        {
            return await Task.Run(() => step.RunAsync(run, cancellation), cancellation);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            return new StepReport(false, $"{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }
}
