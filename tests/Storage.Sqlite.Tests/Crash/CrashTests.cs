using System.Diagnostics;
using System.Globalization;

namespace Recoup.Storage.Sqlite.Tests.Crash;

[TestClass]
public sealed class CrashTests
{
    private const int Kills = 8;

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task WriteStateAsync_KilledAtAnyMoment_KeepsEveryAcknowledgedWrite()
    {
        var seed = Environment.TickCount;
        TestContext.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var fixture = new StorageFixture();
        var acknowledged = new long[CrashWriter.Writers];
        for (var kill = 0; kill < Kills; kill++)
        {
            using var child = ChildProcess.Start(CrashWriter.Command, fixture.Options.Path);
            // Killed after so many acknowledgements: a count, not a time, so that a slow machine tests the same.
            await ReadAsync(child, acknowledged, random.Next(1, 3_000));
            child.KillAndWait();
            await DrainAsync(child, acknowledged);
            await AssertKeptAsync(fixture, acknowledged, $"seed {seed}, kill {kill}");
        }
    }

    private static async Task ReadAsync(Process child, long[] acknowledged, int lines)
    {
        for (var i = 0; i < lines; i++)
        {
            Note(await child.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The writer ended by itself."), acknowledged);
        }
    }

    /// <summary>What the child had said before it was killed, and is still in the pipe, counts too. Its last line may be half a line.</summary>
    private static async Task DrainAsync(Process child, long[] acknowledged)
    {
        var rest = await child.StandardOutput.ReadToEndAsync();
        foreach (var line in rest.Split('\n')[..^1])
        {
            Note(line, acknowledged);
        }
    }

    private static void Note(string line, long[] acknowledged)
    {
        var parts = line.Split(' ');
        acknowledged[int.Parse(parts[0], CultureInfo.InvariantCulture)] = long.Parse(parts[1], CultureInfo.InvariantCulture);
    }

    private static async Task AssertKeptAsync(StorageFixture fixture, long[] acknowledged, string when)
    {
        using var storage = await fixture.OpenAsync();
        for (var writer = 0; writer < acknowledged.Length; writer++)
        {
            var state = await storage.ReadAsync(CrashWriter.KeyOf(writer));
            var (stored, said) = (CrashWriter.CountOf(state), acknowledged[writer]);

            // One more write may have been on its way: the deletion that comes before a new row, or a write whose acknowledgement was lost.
            var wasDeleting = stored == 0 && !state.RecordExists && (said + 1) % 7 == 0;
            Assert.IsTrue(said == stored || said + 1 == stored || wasDeleting, $"{when}: writer {writer} was told {said}, and {stored} is stored.");
            acknowledged[writer] = wasDeleting ? 0 : stored;
        }
    }
}
