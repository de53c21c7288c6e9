using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Recoup.Recovery;
using Recoup.Silo.Tests.Hosting;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Worker;

namespace Recoup.Silo.Tests.WorkflowPages;

/// <summary>A silo with workflows to look at, and its pages.</summary>
internal sealed class WorkflowServer : IAsyncDisposable
{
    /// <summary>Nobody takes tasks from it: what is started here stays running.</summary>
    private const string IdleQueue = "nobody";
    private const string StoryQueue = "story";
    private readonly RunningSilo silo;

    private WorkflowServer(RunningSilo silo) => this.silo = silo;

    public ITemporalClient Client => silo.Host.Services.GetRequiredService<ITemporalClient>();

    public string TemporalAddress => silo.Host.Settings.Temporal.TargetAddress;

    public Uri Address(string path) => new(silo.Host.HttpAddress, path);

    public static async Task<WorkflowServer> StartAsync() => new(await RunningSilo.StartAsync());

    public Task<HttpResponseMessage> GetAsync(string path) => silo.Client.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>The page as HTML; it must have this status.</summary>
    public async Task<string> ReadAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await GetAsync(path);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.AreEqual(status, answer.StatusCode, html);
        Assert.AreEqual("text/html", answer.Content.Headers.ContentType?.MediaType);
        return html;
    }

    public Task StartIdleAsync(string id, string type = "Idle", string input = "", string failureCode = "card_declined") =>
        Client.StartWorkflowAsync(type, [input], new(id, IdleQueue)
        {
            StaticSummary = $"summary of {id}",
            TypedSearchAttributes = new SearchAttributeCollection.Builder()
                .Set(RecoverySearchAttributes.PaymentId, $"pay of {id}")
                .Set(RecoverySearchAttributes.FailureCode, failureCode)
                .Set(RecoverySearchAttributes.RecoveryStatus, "recovering")
                .ToSearchAttributeCollection(),
        });

    /// <summary>Runs a <see cref="StoryWorkflow"/> to its end; the signal comes when its wait has begun.</summary>
    public async Task RunStoryAsync(string id, string note, string news)
    {
        using var worker = new TemporalWorker(
            Client, new TemporalWorkerOptions(StoryQueue).AddAllActivities(new StoryActivities()).AddWorkflow<StoryWorkflow>());
        await worker.ExecuteAsync(async () =>
        {
            var handle = await Client.StartWorkflowAsync((StoryWorkflow workflow) => workflow.RunAsync(note), new(id, StoryQueue));
            await foreach (var happened in handle.FetchHistoryEventsAsync(new() { WaitNewEvent = true }))
            {
                if (happened.EventType is EventType.TimerStarted)
                {
                    await handle.SignalAsync(workflow => workflow.TellAsync(news));
                }
            }

            await handle.GetResultAsync();
        });
    }

    public ValueTask DisposeAsync() => silo.DisposeAsync();
}
