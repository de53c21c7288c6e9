namespace Recoup.Lakehouse.Dbt;

/// <summary>Runs a dbt project: the embedded runner, or the <c>dbt</c> executable.</summary>
public interface IDbtRunner
{
    /// <summary>Does what <c>dbt &lt;command&gt;</c> does. One run at a time in a project's target folder is the caller's to see to.</summary>
    /// <param name="command">What to run and on which nodes.</param>
    /// <param name="progress">Hears of each node as it ends; <see langword="null"/> when nobody looks.</param>
    /// <param name="cancellation">Stops the run between two nodes and cancels the statement that runs; tables stay readable.</param>
    /// <returns>How it ended. A node that failed and a project that cannot be read are results, not exceptions.</returns>
    Task<DbtRunResult> RunAsync(DbtCommand command, IProgress<DbtNodeResult>? progress = null, CancellationToken cancellation = default);
}
