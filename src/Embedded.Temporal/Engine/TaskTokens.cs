using System.Text.Json;
using Recoup.Embedded.Temporal.Storage;

namespace Recoup.Embedded.Temporal.Engine;

/// <summary>What a worker sends back with its answer. It names the task fully, so it is good after a restart too.</summary>
/// <param name="StartedEventId">Of workflow tasks; an activity has none yet.</param>
internal sealed record TaskToken(string Namespace, string WorkflowId, string RunId, long RunKey, long ScheduledEventId, long StartedEventId, int Attempt)
{
    public ExecutionKey Execution => new(Namespace, WorkflowId);
}

/// <summary>Names the query that a worker answers; it does not survive a restart, as the question does not.</summary>
internal sealed record QueryToken(string QueryId);

/// <summary>Where a reader of a history goes on.</summary>
/// <param name="FirstEventId">The first event that it has not had.</param>
/// <param name="Transient">The reader is the worker of the current task: it sees events that are not written yet.</param>
internal sealed record HistoryToken(string RunId, long FirstEventId, bool Transient = false);

/// <summary>Where a list goes on: after this row of the fixed order.</summary>
internal sealed record ListToken(long CloseOrder, long StartedAt, long RunKey);

internal static class Tokens
{
    public static ByteString Write<T>(T token) => ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(token));

    /// <returns>Null when the bytes are no such token.</returns>
    public static T? Read<T>(ByteString bytes)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(bytes.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The token of a task; refuses what is none.</summary>
    public static TaskToken ReadTask(ByteString bytes)
    {
        if (bytes.IsEmpty)
        {
            throw Refusals.InvalidArgument("Task token not set on request.");
        }

        return Read<TaskToken>(bytes) is { Namespace: not null, WorkflowId: not null } token
            ? token
            : throw Refusals.InvalidArgument("Error deserializing task token.");
    }
}
