using System.CommandLine;
using System.Globalization;

namespace Recoup.Embedded.Kafka.Hosting;

/// <summary>The command line of the program.</summary>
internal static class BrokerCommand
{
    private const string Examples = """
        A small, durable broker that speaks Kafka's protocol.

        Examples:
          --port 9092 --data ./kafka
          --port 0 --data ./kafka --topic orders=4 --topic audit=1 --auto-create false
          --port 9092 --data ./kafka --retention 1.00:00:00 --retention-bytes 1073741824
        """;

    public static RootCommand Create()
    {
        var defaults = new EmbeddedKafkaOptions();
        var data = new Option<string>("--data", "-d") { Description = "Folder for everything that is kept.", Required = true };
        var host = new Option<string>("--host") { Description = "IP address to listen on. Beyond loopback everybody may do everything.", DefaultValueFactory = _ => defaults.Host };
        var port = new Option<int>("--port", "-p") { Description = "Port to listen on; 0 takes a free one.", DefaultValueFactory = _ => defaults.Port };
        var advertised = new Option<string?>("--advertised-host") { Description = "Host that clients are told to connect to; the address by which they came without it." };
        var topics = new Option<string[]>("--topic", "-t") { Description = "Topic to make where it is missing, as name=partitions; may be repeated.", DefaultValueFactory = _ => [] };
        var autoCreate = new Option<bool>("--auto-create") { Description = "Whether asking for a topic makes it.", DefaultValueFactory = _ => defaults.AutoCreateTopics };
        var partitions = new Option<int>("--partitions") { Description = "Partitions of a topic that does not say how many.", DefaultValueFactory = _ => defaults.DefaultPartitions };
        var fsync = new Option<bool>("--fsync") { Description = "Whether records are on the disk before they are acknowledged.", DefaultValueFactory = _ => defaults.Fsync };
        var segment = new Option<int>("--segment-bytes") { Description = "Bytes after which a partition goes on in a new file.", DefaultValueFactory = _ => defaults.SegmentBytes };
        var retention = new Option<TimeSpan>("--retention") { Description = "How long records are kept, as [days.]hours:minutes:seconds; 0 for ever.", DefaultValueFactory = _ => defaults.RetentionTime!.Value };
        var retentionBytes = new Option<long?>("--retention-bytes") { Description = "Bytes of a partition that are kept; all without it." };
        var messageBytes = new Option<int>("--max-message-bytes") { Description = "Bytes of the largest batch.", DefaultValueFactory = _ => defaults.MaxMessageBytes };
        var connections = new Option<int>("--max-connections") { Description = "Clients at the same time.", DefaultValueFactory = _ => defaults.MaxConnections };
        var requestBytes = new Option<int>("--max-request-bytes") { Description = "Bytes of the largest request.", DefaultValueFactory = _ => defaults.MaxRequestBytes };
        var fetchBytes = new Option<int>("--max-fetch-bytes") { Description = "Bytes of records in one answer.", DefaultValueFactory = _ => defaults.MaxFetchBytes };
        var level = new Option<LogLevel>("--log-level") { Description = "Trace, Debug, Information, Warning, Error, Critical or None.", DefaultValueFactory = _ => LogLevel.Warning };
        var command = new RootCommand(Examples) { data, host, port, advertised, topics, autoCreate, partitions, fsync, segment, retention, retentionBytes, messageBytes, connections, requestBytes, fetchBytes, level };
        command.SetAction((parsed, cancelled) => RunAsync(
            () =>
            {
                var options = new EmbeddedKafkaOptions
                {
                    DataFolder = parsed.GetValue(data)!,
                    Host = parsed.GetValue(host)!,
                    Port = parsed.GetValue(port),
                    AdvertisedHost = parsed.GetValue(advertised),
                    AutoCreateTopics = parsed.GetValue(autoCreate),
                    DefaultPartitions = parsed.GetValue(partitions),
                    Fsync = parsed.GetValue(fsync),
                    SegmentBytes = parsed.GetValue(segment),
                    RetentionTime = parsed.GetValue(retention) is var time && time == TimeSpan.Zero ? null : time,
                    RetentionBytes = parsed.GetValue(retentionBytes),
                    MaxMessageBytes = parsed.GetValue(messageBytes),
                    MaxConnections = parsed.GetValue(connections),
                    MaxRequestBytes = parsed.GetValue(requestBytes),
                    MaxFetchBytes = parsed.GetValue(fetchBytes),
                };
                foreach (var topic in parsed.GetValue(topics)!)
                {
                    AddTopic(options, topic);
                }

                return options;
            },
            parsed.GetValue(level),
            cancelled));
        return command;
    }

    private static void AddTopic(EmbeddedKafkaOptions options, string topic)
    {
        var parts = topic.Split('=', 2);
        options.Topics[parts[0]] = parts.Length == 2 && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var partitions)
            ? partitions
            : throw new EmbeddedKafkaException($"--topic '{topic}' must be name=partitions, such as orders=4.");
    }

    private static async Task<int> RunAsync(Func<EmbeddedKafkaOptions> read, LogLevel level, CancellationToken cancelled)
    {
        try
        {
            var options = read();
            using var loggers = new PlainLoggers(level);
            await using var server = EmbeddedKafkaServer.Start(options, loggers);
            Console.WriteLine($"Broker:  {server.Address}");
            Console.WriteLine($"Data:    {Path.GetFullPath(options.DataFolder)}");
            await Task.Delay(Timeout.Infinite, cancelled).ContinueWith(_ => { }, TaskScheduler.Default);
            return 0;
        }
        catch (EmbeddedKafkaException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }
    }
}
