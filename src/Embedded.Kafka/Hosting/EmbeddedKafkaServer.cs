using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Recoup.Embedded.Kafka.Apis;
using Recoup.Embedded.Kafka.Groups;
using Recoup.Embedded.Kafka.Log;
using Recoup.Embedded.Kafka.Network;
using Recoup.Embedded.Kafka.Topics;

namespace Recoup.Embedded.Kafka.Hosting;

/// <summary>
/// A running broker that Kafka's clients connect to. It needs nothing of the application that it runs in. Dispose of it to stop it; what
/// was acknowledged is in its folder.
/// </summary>
public sealed class EmbeddedKafkaServer : IAsyncDisposable
{
    private const int OtherRequestBytesMax = 4 << 20;

    private static readonly TimeSpan CleanUpEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan IdleMax = TimeSpan.FromMinutes(10);

    private readonly DataFolder folder;
    private readonly GroupCommit commits;
    private readonly TopicRegistry topics;
    private readonly GroupCoordinator groups;
    private readonly Listener listener;
    private readonly ITimer cleaner;
    private int isStopped;

    private EmbeddedKafkaServer(DataFolder folder, GroupCommit commits, TopicRegistry topics, GroupCoordinator groups, Listener listener, TimeProvider clock)
    {
        (this.folder, this.commits, this.topics, this.groups, this.listener) = (folder, commits, topics, groups, listener);
        cleaner = clock.CreateTimer(static server => ((EmbeddedKafkaServer)server!).CleanUp(), this, CleanUpEvery, CleanUpEvery);
    }

    /// <summary>Where it listens, as <c>host:port</c>: the bootstrap server of a client.</summary>
    public string Address => listener.EndPoint.ToString();

    public int Port => listener.EndPoint.Port;

    /// <summary>Starts a broker; it answers requests when this returns.</summary>
    /// <param name="loggers">Where it logs to; it is silent without.</param>
    /// <exception cref="EmbeddedKafkaException">A setting cannot be used: the message names it.</exception>
    public static EmbeddedKafkaServer Start(EmbeddedKafkaOptions options, ILoggerFactory? loggers = null, TimeProvider? clock = null)
    {
        var endPoint = OptionsCheck.Parse(options);
        clock ??= TimeProvider.System;
        loggers ??= NullLoggerFactory.Instance;
        var folder = DataFolder.Take(options.DataFolder);
        var commits = new GroupCommit();
        GroupCoordinator? groups = null;
        try
        {
            var topics = OpenTopics(options, folder, commits, clock, loggers);
            groups = new GroupCoordinator(new KeyValueJournal(Path.Combine(folder.Path, "groups.journal"), commits, loggers.CreateLogger<GroupCoordinator>()), clock);
            var identity = new BrokerIdentity(folder.ClusterId, options.AdvertisedHost, options.AutoCreateTopics);
            var broker = new Broker(topics, groups, new ProducerIds(folder.Path), identity, clock, options.MaxFetchBytes);
            var listener = Listen(endPoint, broker, options, clock, loggers);
            return new EmbeddedKafkaServer(folder, commits, topics, groups, listener, clock);
        }
        catch (Exception failure)
        {
            groups?.Dispose();
            commits.Dispose();
            folder.Dispose();
            if (failure is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                throw new EmbeddedKafkaException($"DataFolder (--data) '{options.DataFolder}' cannot be used: {failure.Message}", failure);
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isStopped, 1) != 0)
        {
            return;
        }

        await cleaner.DisposeAsync();
        groups.Release();
        await listener.DisposeAsync();
        commits.Dispose();
        foreach (var partition in topics.All.SelectMany(topic => topic.Partitions))
        {
            partition.Close();
        }

        groups.Dispose();
        folder.Dispose();
    }

    private static TopicRegistry OpenTopics(EmbeddedKafkaOptions options, DataFolder folder, GroupCommit commits, TimeProvider clock, ILoggerFactory loggers)
    {
        var log = LogSettings.Default with { SegmentBytes = options.SegmentBytes, RetentionTime = options.RetentionTime, RetentionBytes = options.RetentionBytes, IsSynced = options.Fsync };
        var logger = loggers.CreateLogger<PartitionLog>();
        var topics = new TopicRegistry(folder.Path, new TopicDefaults(options.DefaultPartitions, options.MaxMessageBytes, log), (path, settings) => new PartitionLog(path, settings, commits, clock, logger));
        foreach (var (name, partitions) in options.Topics.Where(topic => topics.Find(topic.Key) is null))
        {
            if (topics.Create(new TopicRecord(name, partitions, [])) is { } refusal)
            {
                throw new EmbeddedKafkaException($"Topics (--topic) '{name}': {refusal.Message}");
            }
        }

        return topics;
    }

    private static Listener Listen(IPEndPoint endPoint, Broker broker, EmbeddedKafkaOptions options, TimeProvider clock, ILoggerFactory loggers)
    {
        var limits = new ConnectionLimits(options.MaxConnections, options.MaxRequestBytes, Math.Min(options.MaxRequestBytes, OtherRequestBytesMax), IdleMax);
        try
        {
            return new Listener(endPoint, broker, limits, clock, loggers.CreateLogger<Listener>());
        }
        catch (SocketException failure)
        {
            throw new EmbeddedKafkaException($"Port (--port) {options.Port} on Host (--host) {options.Host} cannot be used: {failure.Message}", failure);
        }
    }

    private void CleanUp()
    {
        listener.DropIdle();
        groups.CleanUp();
        foreach (var partition in topics.All.SelectMany(topic => topic.Partitions))
        {
            partition.CleanUp();
        }
    }
}
