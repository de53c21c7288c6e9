using Recoup.Attention;

namespace Recoup.Pipeline;

/// <summary>
/// Keeps what was raised: once for each monitor and subject, updated while it lasts, resolved when it is over. It tells of each change at least once.
/// There is one, under the key <see cref="Key"/>.
/// </summary>
[Alias("recoup.alerts")]
public interface IAlertGrain : IAttentive
{
    const string Key = "main";

    /// <summary>Takes in what a run saw. A run that was taken in before changes nothing.</summary>
    [Alias("observe")]
    Task ObserveAsync(long runNumber, IReadOnlyList<Reading> readings);

    /// <summary>Open alerts first, the worst and newest of them first; then those that are over, newest first.</summary>
    [Alias("list")]
    Task<IReadOnlyList<Alert>> ListAsync();
}
