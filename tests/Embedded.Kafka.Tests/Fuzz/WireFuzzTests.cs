using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
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
    private const int FramesOfOneConnection = 50;
    private const long MemoryMax = 300L << 20;

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
        await using var server = EmbeddedKafkaServer.Start(new EmbeddedKafkaOptions { DataFolder = folder.File("data"), Port = 0, Fsync = false, AutoCreateTopics = false, Topics = { ["t"] = 2 } }, failures);
        var random = new Random(seed);
        var samples = Samples.All();
        for (var sent = 0; sent < frames; sent += FramesOfOneConnection)
        {
            await SendAsync(server.Port, [.. Enumerable.Range(0, FramesOfOneConnection).Select(_ => Mutate(samples[random.Next(samples.Count)], random))], random.Next(4) == 0);
            Assert.IsEmpty(failures.Seen, $"after {sent} frames: {failures.Seen.FirstOrDefault()}");
            if (sent % 10_000 == 0)
            {
                var memory = GC.GetTotalMemory(forceFullCollection: true);
                Assert.IsLessThan(MemoryMax, memory, $"{memory >> 20} MiB after {sent} frames");
            }
        }

        using var other = new WireClient(server.Port);
        await other.SendAsync(WireClient.Produce("t", Batches.Of(1, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds())));
        var answer = await other.ReceiveAsync();
        Assert.AreEqual((short)ErrorCode.None, BinaryPrimitives.ReadInt16BigEndian(answer.AsSpan(4 + 4 + 3 + 4 + 4)), "a good request of another client");
    }

    /// <summary>Sends until the broker closes, then reads what it said; a connection that is cut in the middle is one more kind of input.</summary>
    private static async Task SendAsync(int port, byte[][] frames, bool isCut)
    {
        using var client = new WireClient(port);
        try
        {
            foreach (var frame in frames)
            {
                await client.SendAsync(frame);
            }

            if (isCut)
            {
                return;
            }

            client.EndOfRequests();
            while (await client.ReceiveAsync() is { Length: > 0 })
            {
                // Any answer will do.
            }
        }
        catch (SocketException)
        {
            // Closed by the broker.
        }
    }

    private static byte[] Mutate(byte[] sample, Random random)
    {
        List<byte> frame = [.. sample];
        for (var changes = random.Next(4); changes > 0; changes--)
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
