using System.Globalization;

namespace Recoup.Storage.Sqlite.Tests.Crash;

/// <summary>The process that is killed: many writers, each of which counts up in its own row, and says so only once a write was acknowledged.</summary>
internal static class CrashWriter
{
    public const string Command = "crash-writer";
    public const int Writers = 24;

    /// <summary>Every so many counts a row is deleted and made anew.</summary>
    private const int CountsBetweenDeletions = 7;

    public static async Task<int> RunAsync(string path)
    {
        using var fixture = new StorageFixture(path);
        using var storage = await fixture.OpenAsync();
        var said = new object();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => CountAsync(storage, writer, said))));
        return 0;
    }

    public static string KeyOf(int writer) => string.Create(CultureInfo.InvariantCulture, $"writer {writer}");

    private static async Task CountAsync(SqliteGrainStorage storage, int writer, object said)
    {
        var state = await storage.ReadAsync(KeyOf(writer));
        for (var count = CountOf(state) + 1; ; count++)
        {
            if (count % CountsBetweenDeletions == 0)
            {
                await storage.ClearStateAsync("note", StorageFixture.GrainOf(KeyOf(writer)), state);
            }

            state.State = new() { Text = string.Create(CultureInfo.InvariantCulture, $"{count} {new string('x', 200)}") };
            await storage.WriteStateAsync("note", StorageFixture.GrainOf(KeyOf(writer)), state);
            lock (said)
            {
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{writer} {count}"));
                Console.Out.Flush();
            }
        }
    }

    public static long CountOf(GrainState<Note> state) =>
        state.RecordExists ? long.Parse(state.State!.Text.Split(' ')[0], CultureInfo.InvariantCulture) : 0;
}
