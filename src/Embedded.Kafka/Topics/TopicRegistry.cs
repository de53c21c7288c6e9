using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Recoup.Embedded.Kafka.Log;
using Recoup.Embedded.Kafka.Protocol;

namespace Recoup.Embedded.Kafka.Topics;

/// <summary>Why a topic cannot be made or found.</summary>
internal readonly record struct TopicRefusal(ErrorCode Error, string? Message);

/// <summary>
/// All topics. Which there are is one file, replaced as a whole; a folder that it does not name is what a deletion left behind.
/// </summary>
internal sealed class TopicRegistry
{
    public const int PartitionsMax = 10_000;

    private readonly Lock gate = new();
    private readonly string folder;
    private readonly string file;
    private readonly TopicDefaults defaults;
    private readonly Func<string, LogSettings, PartitionLog> openLog;
    private readonly ConcurrentDictionary<string, Topic> topics = new(StringComparer.Ordinal);

    public TopicRegistry(string dataFolder, TopicDefaults defaults, Func<string, LogSettings, PartitionLog> openLog)
    {
        (folder, file) = (Path.Combine(dataFolder, "topics"), Path.Combine(dataFolder, "topics.json"));
        (this.defaults, this.openLog) = (defaults, openLog);
        Directory.CreateDirectory(folder);
        foreach (var record in ReadRecords())
        {
            topics[record.Name] = Open(record);
        }

        foreach (var left in Directory.EnumerateDirectories(folder).Where(path => !topics.ContainsKey(Path.GetFileName(path))))
        {
            Directory.Delete(left, recursive: true);
        }
    }

    public TopicDefaults Defaults => defaults;

    public ICollection<Topic> All => topics.Values;

    public int Count => topics.Count;

    public Topic? Find(string name) => topics.GetValueOrDefault(name);

    public PartitionLog? Partition(string topic, int index) => Find(topic)?.Partition(index);

    /// <summary>Why a topic of this name cannot be made; null when it can.</summary>
    public TopicRefusal? Refusal(string name)
    {
        if (TopicName.Problem(name) is { } problem)
        {
            return new(ErrorCode.InvalidTopic, problem);
        }

        if (topics.ContainsKey(name) || name == TopicName.ConsumerOffsets)
        {
            return new(ErrorCode.TopicAlreadyExists, $"Topic '{name}' already exists.");
        }

        return topics.Keys.FirstOrDefault(other => TopicName.Collide(name, other)) is { } collides
            ? new(ErrorCode.InvalidTopic, $"Topic '{name}' collides with existing topic: {collides}")
            : null;
    }

    /// <summary>Makes a topic; it is on the disk when this returns.</summary>
    public TopicRefusal? Create(TopicRecord record)
    {
        lock (gate)
        {
            if (Refusal(record.Name) is { } refusal)
            {
                return refusal;
            }

            if (topics.Values.Sum(topic => topic.Partitions.Count) + record.Partitions > PartitionsMax)
            {
                return new(ErrorCode.InvalidPartitions, $"The topic '{record.Name}' would take the broker beyond {PartitionsMax} partitions.");
            }

            WriteRecords([.. topics.Values.Select(topic => topic.Record), record]);
            topics[record.Name] = Open(record);
            return null;
        }
    }

    /// <summary>Deletes a topic with its records; false when there is none.</summary>
    public bool Delete(string name)
    {
        lock (gate)
        {
            if (!topics.TryGetValue(name, out var topic))
            {
                return false;
            }

            WriteRecords(topics.Values.Where(other => other != topic).Select(other => other.Record));
            topics.TryRemove(name, out _);
            foreach (var partition in topic.Partitions)
            {
                partition.Remove();
            }

            var path = Path.Combine(folder, name);
            if (Directory.Exists(path))
            {
                // A name that no topic can have, so that a topic of the same name can be made at once.
                var aside = Path.Combine(folder, "!" + Guid.NewGuid().ToString("N"));
                Directory.Move(path, aside);
                Directory.Delete(aside, recursive: true);
            }

            return true;
        }
    }

    private Topic Open(TopicRecord record) =>
        new(record, defaults, (index, settings) => openLog(Path.Combine(folder, record.Name, index.ToString(CultureInfo.InvariantCulture)), settings));

    private void WriteRecords(IEnumerable<TopicRecord> records) =>
        DurableFile.Replace(file, JsonSerializer.SerializeToUtf8Bytes(records.ToArray(), TopicJson.Default.TopicRecordArray));

    private TopicRecord[] ReadRecords()
    {
        if (!File.Exists(file))
        {
            return [];
        }

        var content = DurableFile.TryRead(file) ?? throw new InvalidDataException($"{file} is damaged: its checksum does not fit.");
        return JsonSerializer.Deserialize(content, TopicJson.Default.TopicRecordArray)!;
    }
}
