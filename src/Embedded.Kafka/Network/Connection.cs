using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Recoup.Embedded.Kafka.Apis;
using Recoup.Embedded.Kafka.Protocol;

namespace Recoup.Embedded.Kafka.Network;

/// <summary>
/// One client. Its requests are done one after the other and answered in their order; only produce requests overlap, since they have
/// their order when they are appended and then just wait for the disk.
/// </summary>
internal sealed partial class Connection(Socket socket, Broker broker, ConnectionLimits limits, TimeProvider clock, ILogger logger) : IDisposable
{
    /// <summary>Produce requests of one client that may wait for the disk together.</summary>
    private const int AnswersWaitingMax = 64;

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly Channel<Task<WireWriter?>> answers = Channel.CreateBounded<Task<WireWriter?>>(new BoundedChannelOptions(AnswersWaitingMax) { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource gone = new();
    private long lastUsed = clock.GetTimestamp();

    public TimeSpan IdleFor => clock.GetElapsedTime(Volatile.Read(ref lastUsed));

    /// <summary>Serves until the client goes, sends what is no request, or the broker stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var sending = SendAsync();
        try
        {
            await using var stop = stopping.Register(static source => ((CancellationTokenSource)source!).Cancel(), gone);
            await ReceiveAsync();
        }
        catch (ProtocolException problem)
        {
            LogRefused(socket.RemoteEndPoint, problem.Message);
        }
        catch (Exception problem) when (problem is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client is gone, or the broker stops.
        }
        catch (Exception problem)
        {
            // A fault of this broker must cost one connection, not all.
            LogFailed(problem, socket.RemoteEndPoint);
        }
        finally
        {
            answers.Writer.TryComplete();
            await sending;
            await CloseAsync();
        }
    }

    /// <summary>Ends a connection that nobody uses.</summary>
    public void Abort() => socket.Dispose();

    public void Dispose()
    {
        socket.Dispose();
        gone.Dispose();
    }

    private async Task ReceiveAsync()
    {
        using var reader = new FrameReader(socket, limits.RequestBytesMax);
        var (local, remote) = ((IPEndPoint)socket.LocalEndPoint!, (IPEndPoint)socket.RemoteEndPoint!);
        var last = Task.CompletedTask;
        while (await reader.NextAsync(gone.Token) is { Length: > 0 } frame)
        {
            Volatile.Write(ref lastUsed, clock.GetTimestamp());
            var (header, bodyAt) = ReadHeader(frame);
            var isProduce = header.Key == ApiKey.Produce;
            if (!isProduce)
            {
                if (frame.Length > limits.OtherRequestBytesMax)
                {
                    throw new ProtocolException($"a {header.Key} request of {frame.Length} bytes; at most {limits.OtherRequestBytesMax} are read");
                }

                await last;
            }

            var answer = broker.HandleAsync(new(header, frame, bodyAt, local, remote, gone.Token));
            await answers.Writer.WriteAsync(answer, gone.Token);
            last = answer;
            if (!isProduce || answer.IsCompleted)
            {
                await WatchAsync(reader, answer);
                await answer;
            }
        }
    }

    /// <summary>Notices while an answer takes its time that the client has gone: nobody would wait for records or other members any more.</summary>
    private async Task WatchAsync(FrameReader reader, Task answer)
    {
        while (!answer.IsCompleted && !gone.IsCancellationRequested)
        {
            await Task.WhenAny(answer, reader.ReadableAsync(gone.Token));
            if (answer.IsCompleted || !socket.Poll(0, SelectMode.SelectRead))
            {
                continue; // The wait can also end by the news of bytes that were read long ago.
            }

            if (socket.Available == 0)
            {
                await gone.CancelAsync();
            }

            return;
        }
    }

    private static (RequestHeader Header, int BodyAt) ReadHeader(Memory<byte> frame)
    {
        var reader = new WireReader(frame.Span);
        var header = RequestHeader.Read(ref reader);
        return (header, reader.Position);
    }

    private async Task SendAsync()
    {
        try
        {
            await foreach (var answering in answers.Reader.ReadAllAsync())
            {
                using var answer = await answering;
                if (answer is null)
                {
                    continue;
                }

                for (var unsent = answer.Frame(); unsent.Length > 0;)
                {
                    unsent = unsent[await socket.SendAsync(unsent)..];
                }
            }
        }
        catch (Exception)
        {
            // Whoever reads the requests sees the same failure, or learns of it now.
            await gone.CancelAsync();
            await foreach (var unsent in answers.Reader.ReadAllAsync())
            {
                await DropAsync(unsent);
            }
        }
    }

    private static async Task DropAsync(Task<WireWriter?> answering)
    {
        await ((Task)answering).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (answering.IsCompletedSuccessfully)
        {
            (await answering)?.Dispose();
        }
    }

    /// <summary>
    /// Closes so that the client still gets the answers: a socket that is closed with unread requests would throw them away, and a
    /// producer would have to guess what was stored.
    /// </summary>
    private async Task CloseAsync()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
            using var patience = new CancellationTokenSource(Farewell);
            var unread = new byte[4_096];
            while (await socket.ReceiveAsync(unread, patience.Token) > 0)
            {
                // What comes after the end is not read any more.
            }
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client did not wait.
        }
    }

    [LoggerMessage(20, LogLevel.Warning, "The connection of {Client} was closed: {Problem}.")]
    private partial void LogRefused(EndPoint? client, string problem);

    [LoggerMessage(21, LogLevel.Error, "A request of {Client} failed.")]
    private partial void LogFailed(Exception problem, EndPoint? client);
}

/// <summary>What one connection may hold.</summary>
/// <param name="RequestBytesMax">Bytes of a produce request; with it the largest buffer of a connection.</param>
/// <param name="OtherRequestBytesMax">Bytes of any other request: its lists become objects, which are many times larger.</param>
internal sealed record ConnectionLimits(int ConnectionsMax, int RequestBytesMax, int OtherRequestBytesMax, TimeSpan IdleMax);
