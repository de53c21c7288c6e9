using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Recoup.Storage.Sqlite;

namespace Recoup.Storage.Bench;

/// <summary>Writers that each save one grain after another, three times each, as a payment does: made new, then changed twice.</summary>
internal sealed class StorageRun(double[] sortedMilliseconds, TimeSpan elapsed)
{
    private const int WritesOfOneGrain = 3;

    public double WritesPerSecond => sortedMilliseconds.Length / elapsed.TotalSeconds;

    public double Percentile(double share) => sortedMilliseconds[(int)((sortedMilliseconds.Length - 1) * share)];

    public static async Task<StorageRun> MeasureAsync(string path, int writers, TimeSpan duration)
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var options = new SqliteGrainStorageOptions
        {
            Path = path,
            GrainStorageSerializer = new JsonTextSerializer(JsonSerializerOptions.Web),
            AttentionOf = state => ((BenchState)state).AttentionAt,
        };
        using var storage = new SqliteGrainStorage(
            "bench", options, services.GetRequiredService<IActivatorProvider>(), TimeProvider.System, NullLogger<SqliteGrainStorage>.Instance);
        await storage.OpenAsync();
        await WriteAllAsync(storage, writers, TimeSpan.FromMilliseconds(500));

        var watch = Stopwatch.StartNew();
        var latencies = await WriteAllAsync(storage, writers, duration);
        var elapsed = watch.Elapsed;
        var sorted = latencies.SelectMany(static own => own).Order().ToArray();
        return new(sorted, elapsed);
    }

    private static Task<List<double>[]> WriteAllAsync(SqliteGrainStorage storage, int writers, TimeSpan duration) =>
        Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(() => WriteAsync(storage, duration))));

    private static async Task<List<double>> WriteAsync(SqliteGrainStorage storage, TimeSpan duration)
    {
        var latencies = new List<double>();
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            var grain = GrainId.Create("payment", "pay_" + Guid.NewGuid().ToString("N"));
            var state = new GrainState<BenchState>(BenchState.OneKilobyte());
            for (var i = 0; i < WritesOfOneGrain; i++)
            {
                var before = Stopwatch.GetTimestamp();
                state.State!.AttentionAt = i == WritesOfOneGrain - 1 ? null : DateTimeOffset.UtcNow.AddSeconds(30);
                await storage.WriteStateAsync("payment", grain, state);
                latencies.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
            }
        }

        return latencies;
    }
}

internal sealed class BenchState
{
    public DateTimeOffset? AttentionAt { get; set; }
    public required string Text { get; init; }

    public static BenchState OneKilobyte() => new() { Text = new string('x', 960) };
}
