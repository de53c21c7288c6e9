using System.Text.Json;
using Orleans.Storage;

namespace Recoup.Storage.Sqlite;

/// <summary>Writes grain state as UTF-8 JSON with System.Text.Json.</summary>
public sealed class JsonTextSerializer(JsonSerializerOptions options) : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, options));

    /// <exception cref="JsonException">The text is not the JSON of a <typeparamref name="T"/>.</exception>
    public T Deserialize<T>(BinaryData input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return JsonSerializer.Deserialize<T>(input.ToMemory().Span, options)!;
    }
}
