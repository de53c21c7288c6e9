using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Recoup.Embedded.Kafka.Apis;

namespace Recoup.Embedded.Kafka.Network;

/// <summary>Accepts clients, up to a number of them.</summary>
internal sealed partial class Listener : IAsyncDisposable
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<Connection, Task> connections = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Socket socket;
    private readonly Broker broker;
    private readonly ConnectionLimits limits;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly Task accepting;

    /// <exception cref="SocketException">The address or port cannot be used.</exception>
    public Listener(IPEndPoint at, Broker broker, ConnectionLimits limits, TimeProvider clock, ILogger logger)
    {
        (this.broker, this.limits, this.clock, this.logger) = (broker, limits, clock, logger);
        socket = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(at);
            socket.Listen(512);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
        accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Ends connections that said nothing for long.</summary>
    public void DropIdle()
    {
        foreach (var connection in connections.Keys.Where(connection => connection.IdleFor > limits.IdleMax))
        {
            connection.Abort();
        }
    }

    /// <summary>Takes no one new, lets everybody have the answers that are due, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        socket.Dispose();
        await accepting;
        await Task.WhenAll(connections.Values);
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var client = await socket.AcceptAsync(stopping.Token);
                if (connections.Count >= limits.ConnectionsMax)
                {
                    LogTooMany(client.RemoteEndPoint, limits.ConnectionsMax);
                    client.Dispose();
                    continue;
                }

                client.NoDelay = true;
                Serve(new Connection(client, broker, limits, clock, logger));
            }
            catch (Exception problem) when (problem is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException problem)
            {
                LogAcceptFailed(problem); // A client that went before it was accepted, or no descriptor left: not at once again.
                await Task.Delay(AfterFailure, clock).ContinueWith(static _ => { }, TaskScheduler.Default);
            }
        }
    }

    private void Serve(Connection connection)
    {
        var started = new TaskCompletionSource();
        connections[connection] = RunAsync();
        started.SetResult();

        async Task RunAsync()
        {
            await started.Task;
            await Task.Yield();
            using (connection)
            {
                await connection.RunAsync(stopping.Token);
            }

            connections.TryRemove(connection, out _);
        }
    }

    [LoggerMessage(30, LogLevel.Warning, "{Client} was turned away: there are {Count} connections already (MaxConnections).")]
    private partial void LogTooMany(EndPoint? client, int count);

    [LoggerMessage(31, LogLevel.Warning, "A connection could not be accepted.")]
    private partial void LogAcceptFailed(Exception problem);
}
