using System.Text.Json;

namespace Recoup.Streaming.Kafka.Records;

/// <summary>How <see cref="JsonRecordSerializer"/> writes and reads.</summary>
public sealed class JsonRecordOptions
{
    /// <summary>Default: System.Text.Json's web defaults (camel case, case-insensitive reading).</summary>
    public JsonSerializerOptions Json { get; set; } = JsonSerializerOptions.Web;

    /// <summary>The text of the header <c>event-type</c>. Default: the name of the event's class.</summary>
    public Func<object, string> EventTypeOf { get; set; } = static streamEvent => streamEvent.GetType().Name;

    /// <summary>The number in the header <c>schema-version</c>. Default: 1.</summary>
    public Func<object, int> SchemaVersionOf { get; set; } = static _ => 1;
}
