using Recoup.Attention;

namespace Recoup.Pipeline;

/// <summary>
/// Runs the lake's pipeline: transformations, monitors, maintenance. There is one, under the key <see cref="Key"/>, so that there is one run at a time
/// however many silos there are.
/// </summary>
[Alias("recoup.pipeline")]
public interface IPipelineGrain : IAttentive
{
    const string Key = "main";

    /// <summary>A slot of the calendar has come. Answers as soon as it is on disk; the run goes on by itself.</summary>
    /// <param name="slot">Business time that the calendar names, not when it was heard of.</param>
    /// <returns>False when this slot or a later one was taken before.</returns>
    [Alias("fire")]
    Task<bool> FireAsync(DateTimeOffset slot);

    /// <summary>Asks for a run now, or for one after the run that is under way. Answers as soon as it is on disk.</summary>
    /// <returns>The run's number.</returns>
    [Alias("request")]
    Task<long> RequestAsync();

    [Alias("get-status")]
    Task<PipelineStatus> GetStatusAsync();
}
