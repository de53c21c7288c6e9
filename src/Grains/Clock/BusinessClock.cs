using System.Text.Json;

namespace Recoup.Clock;

/// <summary>Business time with its anchors in the data folder, so that it goes on where it was after a restart and after a change of scale.</summary>
public sealed class BusinessClock : IBusinessClock
{
    public const string FileName = "clock.json";

    private readonly TimeProvider wall;
    private readonly ClockAnchors anchors;
    private long latestTicks;

    private BusinessClock(TimeProvider wall, ClockAnchors anchors)
    {
        this.wall = wall;
        this.anchors = anchors;
    }

    public double Scale => anchors.Scale;

    public DateTimeOffset UtcNow
    {
        get
        {
            var now = anchors.At(wall.GetUtcNow()).UtcTicks;
            var latest = Interlocked.Read(ref latestTicks);
            while (now > latest)
            {
                var seen = Interlocked.CompareExchange(ref latestTicks, now, latest);
                if (seen == latest)
                {
                    return new(now, TimeSpan.Zero);
                }

                latest = seen;
            }

            return new(latest, TimeSpan.Zero);
        }
    }

    /// <summary>Reads the anchors of a data folder, or sets the first ones; a scale other than the last sets new ones.</summary>
    /// <exception cref="InvalidDataException">The file of the anchors is damaged.</exception>
    public static BusinessClock Open(string folder, ClockOptions options, TimeProvider wall)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(wall);
        var path = Path.Combine(folder, FileName);
        var now = wall.GetUtcNow();
        var saved = Read(path);
        var anchors = saved switch
        {
            null => ClockAnchors.Start(options, now),
            _ when saved.Scale.Equals(options.Scale) => saved,
            _ => saved.WithScale(options.Scale, now),
        };
        if (anchors != saved)
        {
            Write(path, anchors);
        }

        return new(wall, anchors);
    }

    public TimeSpan ToWall(TimeSpan business) => ToWall(UtcNow + business) - ToWall(UtcNow);

    public DateTimeOffset ToWall(DateTimeOffset business) => anchors.ToWall(business).ToUniversalTime();

    private static ClockAnchors? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var anchors = JsonSerializer.Deserialize<ClockAnchors>(File.ReadAllBytes(path), RecoupJson.Options);
            return anchors is { Scale: > 0 } ? anchors : throw new InvalidDataException(Damaged(path, "no scale above 0"));
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(Damaged(path, exception.Message), exception);
        }
    }

    /// <summary>Written beside and moved into place: a crash leaves the old anchors or the new ones.</summary>
    private static void Write(string path, ClockAnchors anchors)
    {
        var beside = path + ".new";
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, anchors, RecoupJson.Options);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }

    private static string Damaged(string path, string why) =>
        $"'{path}' is damaged ({why}). Without it business time would start anew and could go back: restore it from a backup.";
}
