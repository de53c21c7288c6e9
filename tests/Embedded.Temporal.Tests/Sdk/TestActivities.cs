using System.Collections.Concurrent;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Recoup.Embedded.Temporal.Tests.Sdk;

public sealed class TestActivities
{
    /// <summary>How often each attempt of each activity ran: its key is workflow, activity and attempt.</summary>
    public ConcurrentDictionary<string, int> Attempts { get; } = new();

    [Activity]
    public static Task<string> FlakyAsync(string input)
    {
        var attempt = ActivityExecutionContext.Current.Info.Attempt;
        return attempt < 3 ? throw new ApplicationFailureException($"attempt {attempt}") : Task.FromResult($"{input}@{attempt}");
    }

    [Activity]
    public static async Task UntilCancelledAsync()
    {
        var context = ActivityExecutionContext.Current;
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await beat.WaitForNextTickAsync(context.CancellationToken))
        {
            context.Heartbeat("alive");
        }
    }

    [Activity]
    public Task<int> AddAsync(int number, int step)
    {
        var info = ActivityExecutionContext.Current.Info;
        Attempts.AddOrUpdate($"{info.WorkflowId}/{info.ActivityId}/{info.Attempt}", 1, (_, times) => times + 1);
        return Task.FromResult(number + step);
    }
}
