using System.Text.Json;
using Recoup.Client.Connections;
using Recoup.Silo.Lake.Quarantine;

namespace Recoup.Client.Quarantine;

/// <summary>What a replay is to do.</summary>
/// <param name="Originals">Which records.</param>
/// <param name="Values">The right value by field.</param>
/// <param name="File">The whole corrected record; null: values are set.</param>
/// <param name="DryRun">Publish nothing.</param>
internal sealed record ReplayPlan(IReadOnlyList<string> Originals, IReadOnlyDictionary<string, JsonElement> Values, byte[]? File, bool DryRun);

/// <summary>Sends originals to the silo, some at a time, and keeps count.</summary>
internal sealed class ReplayRun(SiloHttp silo, ReplayPlan plan)
{
    /// <summary>One publication and two commits for so many.</summary>
    private const int Together = 50;

    private readonly List<ReplayOutcome> outcomes = [];

    public int Total => plan.Originals.Count;

    public IReadOnlyList<ReplayOutcome> Outcomes => outcomes;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var originals in plan.Originals.Chunk(Together))
        {
            var answer = await silo.PostAsync<Answer>(
                "/quarantine/replays", new { Originals = originals, Set = plan.Values, Record = plan.File, plan.DryRun }, cancellationToken);
            outcomes.AddRange(answer.Replays);
        }
    }

    private sealed record Answer(IReadOnlyList<ReplayOutcome> Replays);
}
