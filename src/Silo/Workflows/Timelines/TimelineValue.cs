using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;

namespace Recoup.Silo.Workflows.Timelines;

/// <summary>What went in or came out: <c>input</c>, <c>result</c>, <c>error</c>. A payload that is no JSON is a string that says what it is.</summary>
public sealed record TimelineValue(string Name, JsonElement Value)
{
    /// <summary>One payload as it is, several as an array; nothing when there is none.</summary>
    internal static IEnumerable<TimelineValue> Of(string name, Payloads? payloads) => payloads?.Payloads_ switch
    {
        null or { Count: 0 } => [],
        { Count: 1 } only => [new(name, Read(only[0]))],
        var several => [new(name, JsonSerializer.SerializeToElement(several.Select(Read)))],
    };

    /// <summary>A failure with its causes and stack traces, as the protocol has it in JSON.</summary>
    internal static IEnumerable<TimelineValue> Of(string name, Failure? failure) =>
        failure is null ? [] : [new(name, JsonSerializer.Deserialize<JsonElement>(JsonFormatter.Default.Format(failure)))];

    private static JsonElement Read(Payload payload) => PayloadText.Json(payload) ?? JsonSerializer.SerializeToElement(PayloadText.Of(payload));
}
