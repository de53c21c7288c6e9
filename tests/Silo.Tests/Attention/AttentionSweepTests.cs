using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;
using Recoup.Attention;
using Recoup.Silo.Attention;
using Recoup.Silo.Settings;
using Recoup.Storage.Sqlite;

namespace Recoup.Silo.Tests.Attention;

[TestClass]
public sealed class AttentionSweepTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static InProcessTestCluster cluster = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext _)
    {
        cluster = new InProcessTestClusterBuilder(1).Build();
        await cluster.DeployAsync();
    }

    [ClassCleanup]
    public static async Task StopAsync() => await cluster.DisposeAsync();

    [TestMethod]
    public async Task SweepAsync_MoreThanAPage_CallsEachDueGrainOnce()
    {
        var due = new ListedGrains([.. Enumerable.Range(0, 23).Select(i => new Row($"page {i}", Now.AddSeconds(-(i / 3))))]);
        using var sweep = SweepOf(due);
        var result = await sweep.SweepAsync(Now, CancellationToken.None);
        Assert.AreEqual((23, 0), result);
        Assert.IsTrue(due.Rows.All(static row => ProbeGrain.Calls.GetValueOrDefault(row.Key) == 1));
    }

    [TestMethod]
    public async Task SweepAsync_OneFails_TheOthersAreCalled()
    {
        var due = new ListedGrains([new("fails: no", Now), new("fails: yes", Now), new("fails: neither", Now.AddSeconds(-1))]);
        using var sweep = SweepOf(due);
        Assert.AreEqual((3, 1), await sweep.SweepAsync(Now, CancellationToken.None));
        Assert.AreEqual(1, ProbeGrain.Calls["fails: neither"]);
        Assert.AreEqual(1, ProbeGrain.Calls["fails: no"]);
    }

    [TestMethod]
    public async Task SweepAsync_DueLater_IsLeftAlone()
    {
        var due = new ListedGrains([new("later", Now.AddSeconds(1))]);
        using var sweep = SweepOf(due);
        Assert.AreEqual((0, 0), await sweep.SweepAsync(Now, CancellationToken.None));
    }

    [TestMethod]
    public async Task StartAsync_InFlightWhenTheProcessEnded_IsCalledBeforeItIsOverdue()
    {
        var due = new ListedGrains([new("orphan", Now.AddSeconds(29)), new("planned", Now.AddSeconds(31))]);
        var lifetime = new Lifetime();
        using var sweep = SweepOf(due, lifetime);
        await sweep.StartAsync(CancellationToken.None);
        Assert.AreEqual(0, due.Searches, "Nobody is called before the host is up.");

        lifetime.Started.Cancel();
        await due.SearchedAll;
        await sweep.StopAsync(CancellationToken.None);
        Assert.AreEqual(1, ProbeGrain.Calls["orphan"]);
        Assert.IsFalse(ProbeGrain.Calls.ContainsKey("planned"));
    }

    private static AttentionSweep SweepOf(IDueGrains due, IHostApplicationLifetime? lifetime = null) => new(
        due,
        cluster.Client,
        lifetime ?? new Lifetime(),
        new FakeTimeProvider(Now),
        Options.Create(new AttentionOptions { PageSize = 4, ConcurrencyMax = 2 }),
        NullLogger<AttentionSweep>.Instance);

    private sealed record Row(string Key, DateTimeOffset At);

    /// <summary>Rows as the storage would page them.</summary>
    private sealed class ListedGrains(IReadOnlyList<Row> rows) : IDueGrains
    {
        private readonly TaskCompletionSource searchedAll = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IReadOnlyList<Row> Rows => rows;

        public int Searches { get; private set; }

        public Task SearchedAll => searchedAll.Task;

        public Task<IReadOnlyList<DueGrain>> FindDueAsync(DateTimeOffset until, int limit, DueGrain? after, CancellationToken cancellationToken)
        {
            Searches++;
            var page = rows.Select((row, position) => new DueGrain(GrainId.Create("probe", row.Key), "probe", row.At, position))
                .Where(row => row.AttentionAt <= until && (after is null || (row.AttentionAt, row.Position).CompareTo((after.AttentionAt, after.Position)) > 0))
                .OrderBy(static row => (row.AttentionAt, row.Position))
                .Take(limit)
                .ToList();
            if (page.Count == 0)
            {
                searchedAll.TrySetResult();
            }

            return Task.FromResult<IReadOnlyList<DueGrain>>(page);
        }
    }

    private sealed class Lifetime : IHostApplicationLifetime
    {
        public CancellationTokenSource Started { get; } = new();

        public CancellationToken ApplicationStarted => Started.Token;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}

/// <summary>Counts its calls, and fails when its key says so.</summary>
[GrainType("probe")]
public sealed class ProbeGrain : Grain, IAttentive
{
    internal static ConcurrentDictionary<string, int> Calls { get; } = new(StringComparer.Ordinal);

    public Task ResumeAsync()
    {
        Calls.AddOrUpdate(this.GetPrimaryKeyString(), 1, static (_, calls) => calls + 1);
        return this.GetPrimaryKeyString().EndsWith("yes", StringComparison.Ordinal) ? throw new InvalidOperationException("As its key says.") : Task.CompletedTask;
    }
}
