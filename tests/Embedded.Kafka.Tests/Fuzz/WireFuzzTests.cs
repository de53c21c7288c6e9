using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Recoup.Embedded.Kafka.Hosting;
using Recoup.Embedded.Kafka.Protocol;

namespace Recoup.Embedded.Kafka.Tests.Fuzz;

/// <summary>
/// Sends requests of every kind with bytes changed, cut, doubled and put in. Whatever comes, the broker answers or closes the connection,
/// fails nowhere inside, takes no more memory than its limits allow, and serves others as before.
/// </summary>
[TestClass]
public sealed class WireFuzzTests
{
    private const int Clients = 16;
    private const int FramesOfOneConnection = 10;
    private const long MemoryMax = 300L << 20;

    private static readonly List<byte[]> Good = Samples.All();
    private static readonly int[] Interesting = [0, -1, 1, int.MaxValue, int.MinValue, 0x7fff, 0x10000, 100 << 20];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Frames_Mutated_NeitherCrashNorGrowTheBroker()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("RECOUP_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        var frames = Environment.GetEnvironmentVariable("RECOUP_FULL") == "1" ? 1_000_000 : 20_000;
        TestContext.WriteLine($"seed {seed} (RECOUP_SEED), {frames} frames");
        using var folder = new TemporaryFolder();
        using var failures = new Failures();
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = EmbeddedKafkaServer.Start(new EmbeddedKafkaOptions { DataFolder = folder.File("data"), Port = 0, Fsync = false, AutoCreateTopics = false, Topics = { ["t"] = 2, ["kept"] = 1 } }, failures, clock);
        using var over = new CancellationTokenSource();
        var passing = PassTimeAsync(clock, over.Token);
        var (read, answered) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            var random = new Random(seed + client);
            for (var connections = 1; Volatile.Read(ref read) < frames; connections++)
            {
                var answers = await SendAsync(server.Port, [.. Enumerable.Range(0, FramesOfOneConnection).Select(_ => Mutate(random))], random.Next(10) == 0);
                Interlocked.Add(ref answered, answers);
                var done = Interlocked.Add(ref read, Math.Min(answers + 1, FramesOfOneConnection)); // The frame after the last answer closed the connection.
                Assert.IsEmpty(failures.Seen, $"after {done} frames: {failures.Seen.FirstOrDefault()}");
                if (client == 0 && connections % 200 == 0)
                {
                    var memory = GC.GetTotalMemory(forceFullCollection: true);
                    Assert.IsLessThan(MemoryMax, memory, $"{memory >> 20} MiB after {done} frames");
                }
            }
        })));
        await over.CancelAsync();
        await passing;
        TestContext.WriteLine($"{read} read by the broker, {answered} of them answered, the others closed their connection");

        using var other = new WireClient(server.Port);
        await other.SendAsync(WireClient.Produce("kept", Batches.Of(1, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds())));
        var answer = await other.ReceiveAsync();
        Assert.AreEqual((short)ErrorCode.None, BinaryPrimitives.ReadInt16BigEndian(answer.AsSpan(4 + 4 + 6 + 4 + 4)), "a good request of another client");
    }

    /// <summary>Waits that a frame asks for, such as for other members of a group, are over at once.</summary>
    private static async Task PassTimeAsync(FakeTimeProvider clock, CancellationToken over)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!over.IsCancellationRequested && await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            clock.Advance(TimeSpan.FromSeconds(5));
        }
    }

    /// <summary>Sends until the broker closes, then counts its answers; a connection that is cut in the middle is one more kind of input.</summary>
    private static async Task<int> SendAsync(int port, byte[][] frames, bool isCut)
    {
        using var client = new WireClient(port);
        var answers = 0;
        try
        {
            foreach (var frame in frames)
            {
                await client.SendAsync(frame);
            }

            if (isCut)
            {
                return 0;
            }

            client.EndOfRequests();
            while (await client.ReceiveAsync() is { Length: > 0 })
            {
                answers++; // Any answer will do.
            }
        }
        catch (SocketException)
        {
            // Closed by the broker.
        }

        return answers;
    }

    private static byte[] Mutate(Random random)
    {
        List<byte> frame = [.. Good[random.Next(Good.Count)]];
        for (var changes = random.Next(4); changes > 0 && frame.Count > 4; changes--)
        {
            var at = random.Next(4, frame.Count);
            switch (random.Next(6))
            {
                case 0:
                    frame[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    frame[at] = (byte)random.Next(256);
                    break;
                case 2:
                    frame.RemoveRange(at, Math.Min(random.Next(1, 9), frame.Count - at));
                    break;
                case 3:
                    frame.InsertRange(at, Enumerable.Range(0, random.Next(1, 9)).Select(_ => (byte)random.Next(256)));
                    break;
                case 4 when frame.Count - at >= 4:
                    var number = new byte[4];
                    BinaryPrimitives.WriteInt32BigEndian(number, Interesting[random.Next(Interesting.Length)]);
                    frame.RemoveRange(at, 4);
                    frame.InsertRange(at, number);
                    break;
                default:
                    frame.InsertRange(at, frame.GetRange(at, Math.Min(random.Next(64), frame.Count - at)));
                    break;
            }
        }

        // Most frames keep a length that fits, so that the request behind it is read; some lie.
        var bytes = frame.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bytes, random.Next(100) == 0 ? random.Next() : bytes.Length - 4);
        return bytes;
    }

    /// <summary>Keeps what the broker logs as its own failure; closing a connection is none.</summary>
    private sealed class Failures : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Seen { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Seen.Enqueue($"{formatter(state, exception)} {exception}");
            }
        }
    }
}
