using System.Text.Json;
using System.Text.Json.Serialization;
using Recoup.Embedded.Temporal.Runs;

namespace Recoup.Embedded.Temporal.Storage;

/// <summary>Run states as JSON; the protocol's messages in them as their own bytes.</summary>
internal static class RunStateCodec
{
    private static readonly JsonSerializerOptions Options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    public static byte[] Write(RunState run) => JsonSerializer.SerializeToUtf8Bytes(run, Options);

    public static RunState Read(byte[] bytes) => JsonSerializer.Deserialize<RunState>(bytes, Options)
        ?? throw new InvalidDataException("A run state in the store is empty.");
}
