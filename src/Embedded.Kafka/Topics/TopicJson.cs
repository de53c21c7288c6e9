using System.Text.Json.Serialization;

namespace Recoup.Embedded.Kafka.Topics;

/// <summary>Generated serialisation: nothing is looked up at the start.</summary>
[JsonSerializable(typeof(TopicRecord[]))]
internal sealed partial class TopicJson : JsonSerializerContext;
