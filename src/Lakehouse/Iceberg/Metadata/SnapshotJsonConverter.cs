using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Recoup.Lakehouse.Iceberg.Metadata;

/// <summary>
/// Keeps a snapshot's JSON with it. Every commit writes all snapshots that the table keeps, hundreds in a table that is written twice a second, of which
/// only one is new.
/// </summary>
/// <param name="plain">How a snapshot is written the first time.</param>
internal sealed class SnapshotJsonConverter(JsonSerializerOptions plain) : JsonConverter<Snapshot>
{
    private readonly ConditionalWeakTable<Snapshot, byte[]> written = [];

    public override Snapshot Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<Snapshot>(ref reader, plain)!;

    public override void Write(Utf8JsonWriter writer, Snapshot value, JsonSerializerOptions options) =>
        writer.WriteRawValue(written.GetValue(value, snapshot => JsonSerializer.SerializeToUtf8Bytes(snapshot, plain)), skipInputValidation: true);
}
