using Recoup.Embedded.Temporal.Hosting;
using Recoup.Payments;
using Recoup.Recovery;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Worker;
using static Recoup.Grains.Tests.Recovery.ScriptedPayment;

namespace Recoup.Grains.Tests.Recovery;

/// <summary>The workflow through the real SDK, on the embedded server.</summary>
[TestClass]
public sealed class RecoverPaymentWorkflowTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Long = TimeSpan.FromHours(6);

    private static EmbeddedTemporalServer server = null!;
    private static TemporalClient client = null!;

    public required TestContext TestContext { get; set; }

    [ClassInitialize]
    public static async Task StartAsync(TestContext context)
    {
        var options = new EmbeddedTemporalOptions { Port = 0 };
        foreach (var name in RecoverySearchAttributes.Names)
        {
            options.SearchAttributes[name] = "Keyword";
        }

        server = await EmbeddedTemporalServer.StartAsync(options, cancellationToken: context.CancellationToken);
        client = await TemporalClient.ConnectAsync(new(server.Address)
        {
            DataConverter = DataConverter.Default with { PayloadConverter = new DefaultPayloadConverter(RecoupJson.Options) },
        });
    }

    [ClassCleanup]
    public static async Task StopAsync() => await server.DisposeAsync();

    [TestMethod]
    public async Task RunAsync_RetrySucceeds_StopsWithTheStory()
    {
        var payment = new ScriptedPayment(
            _ => Step(RecoveryAction.Attempt, Soon),
            number => number == 1 ? Step(RecoveryAction.Decide) : Step(RecoveryAction.Stop, status: PaymentStatus.Recovered, failureCode: null));

        var (handle, end) = await RunAsync(payment);

        Assert.AreEqual(PaymentStatus.Recovered, end.Payment);
        CollectionAssert.AreEqual(
            new[] { "decide 1", "attempt 1", "decide 2", "attempt 2" }, payment.Calls.ToArray());
        var description = await handle.DescribeAsync();
        Assert.AreEqual("recovered", description.TypedSearchAttributes.Get(RecoverySearchAttributes.RecoveryStatus));
    }

    [TestMethod]
    public async Task RunAsync_SignalDuringALongWait_AsksAgainAtOnce()
    {
        var isPaid = false;
        var payment = new ScriptedPayment(
            _ => isPaid ? Step(RecoveryAction.Stop, status: PaymentStatus.Recovered) : Step(RecoveryAction.Attempt, Long),
            _ => throw new InvalidOperationException("a closed payment was attempted"));

        var (_, end) = await RunAsync(payment, async handle =>
        {
            await UntilAsync(handle, status => status.Decision == 1);
            isPaid = true;
            await handle.SignalAsync(workflow => workflow.PaidElsewhereAsync());
        });

        Assert.AreEqual(PaymentStatus.Recovered, end.Payment);
        CollectionAssert.AreEqual(new[] { "decide 1", "decide 1" }, payment.Calls.ToArray());
    }

    [TestMethod]
    public async Task RunAsync_CustomerNeverAnswers_FinishesWithoutACharge()
    {
        var payment = new ScriptedPayment(
            _ => Step(RecoveryAction.AwaitCustomer, Soon, failureCode: "expired_card"),
            _ => throw new InvalidOperationException("charged without the customer's answer"));

        var (_, end) = await RunAsync(payment);

        Assert.AreEqual(PaymentStatus.Failed, end.Payment);
        Assert.AreEqual("finish expired_card", payment.Calls.Last());
    }

    [TestMethod]
    public async Task RunAsync_CardUpdated_DecidesTheNextStep()
    {
        var isUpdated = false;
        var payment = new ScriptedPayment(
            number => (number, isUpdated) switch
            {
                (1, false) => Step(RecoveryAction.AwaitCustomer, Long),
                (1, true) => Step(RecoveryAction.Decide),
                _ => Step(RecoveryAction.GiveUp, failureCode: "recovery_exhausted"),
            },
            _ => Step(RecoveryAction.Decide));

        await RunAsync(payment, async handle =>
        {
            await UntilAsync(handle, status => status.Decision == 1);
            isUpdated = true;
            await handle.SignalAsync(workflow => workflow.CardUpdatedAsync());
        });

        CollectionAssert.AreEqual(new[] { "decide 1", "decide 1", "decide 2", "finish recovery_exhausted" }, payment.Calls.ToArray());
    }

    [TestMethod]
    public async Task RunAsync_WorkerRestartsInTheMiddleOfAWait_GoesOn()
    {
        var attempted = false;
        var payment = new ScriptedPayment(
            _ => attempted ? Step(RecoveryAction.Stop, status: PaymentStatus.Recovered) : Step(RecoveryAction.Attempt, TimeSpan.FromSeconds(2)),
            _ =>
            {
                attempted = true;
                return Step(RecoveryAction.Stop, status: PaymentStatus.Recovered);
            });
        var queue = Guid.NewGuid().ToString();
        var handle = await StartAsync(queue);
        using (var first = Worker(queue, payment))
        {
            await first.ExecuteAsync(() => UntilAsync(handle, status => status.Decision == 1), TestContext.CancellationToken);
        }

        using var second = Worker(queue, payment);
        var end = await second.ExecuteAsync(() => handle.GetResultAsync(), TestContext.CancellationToken);

        Assert.AreEqual(PaymentStatus.Recovered, end.Payment);
        Assert.AreEqual(1, payment.Calls.Count(call => call == "attempt 1"), "a replay must not attempt again");
    }

    [TestMethod]
    public async Task RunAsync_ManyDecisions_ContinuesAsNewWithTheNextOne()
    {
        var payment = new ScriptedPayment(
            number => number <= 60 ? Step(RecoveryAction.Decide) : Step(RecoveryAction.Stop, status: PaymentStatus.Cancelled), _ => Step(RecoveryAction.Decide));

        var (handle, end) = await RunAsync(payment);

        Assert.AreEqual(PaymentStatus.Cancelled, end.Payment);
        CollectionAssert.AreEqual(Enumerable.Range(1, 61).Select(number => $"decide {number}").ToArray(), payment.Calls.ToArray());
        Assert.AreNotEqual(handle.FirstExecutionRunId, (await client.GetWorkflowHandle(handle.Id).DescribeAsync()).RunId, "the history was not cut");
    }

    [TestMethod]
    public async Task RunAsync_GrainCallFails_IsRepeatedUntilItAnswers()
    {
        var failures = 0;
        var payment = new ScriptedPayment(
            _ => ++failures <= 2 ? throw new TimeoutException("the silo is restarting") : Step(RecoveryAction.Stop, status: PaymentStatus.Recovered), _ => Step(RecoveryAction.Decide));

        var (_, end) = await RunAsync(payment);

        Assert.AreEqual(PaymentStatus.Recovered, end.Payment);
        Assert.HasCount(3, payment.Calls);
    }

    /// <summary>Histories of runs that were saved when the workflow was released: a change that cannot replay them needs a patch or a new version.</summary>
    [TestMethod]
    public async Task ReplayWorkflowAsync_SavedHistories_AreStillUnderstood()
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Recovery", "Histories"), "*.json");
        Assert.IsNotEmpty(files);
        var replayer = new WorkflowReplayer(new WorkflowReplayerOptions { DataConverter = client.Options.DataConverter }.AddWorkflow<RecoverPaymentWorkflow>());
        foreach (var file in files)
        {
            var history = WorkflowHistory.FromJson(Path.GetFileNameWithoutExtension(file), await File.ReadAllTextAsync(file, TestContext.CancellationToken));

            await replayer.ReplayWorkflowAsync(history);
        }
    }

    private async Task<(WorkflowHandle<RecoverPaymentWorkflow, RecoveryStatus> Handle, RecoveryStatus End)> RunAsync(
        ScriptedPayment payment, Func<WorkflowHandle<RecoverPaymentWorkflow, RecoveryStatus>, Task>? meanwhile = null)
    {
        var queue = Guid.NewGuid().ToString();
        var handle = await StartAsync(queue);
        using var worker = Worker(queue, payment);
        var end = await worker.ExecuteAsync(
            async () =>
            {
                await (meanwhile?.Invoke(handle) ?? Task.CompletedTask);
                return await handle.GetResultAsync();
            },
            TestContext.CancellationToken);
        await SaveHistoryAsync(handle);
        return (handle, end);
    }

    /// <summary><c>RECOUP_SAVE_HISTORIES=folder</c> keeps the histories of this run for the replay test.</summary>
    private async Task SaveHistoryAsync(WorkflowHandle handle)
    {
        if (Environment.GetEnvironmentVariable("RECOUP_SAVE_HISTORIES") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            var history = await handle.FetchHistoryAsync();
            await File.WriteAllTextAsync(Path.Combine(folder, $"{TestContext.TestName}.json"), history.ToJson(), TestContext.CancellationToken);
        }
    }

    private static Task<WorkflowHandle<RecoverPaymentWorkflow, RecoveryStatus>> StartAsync(string queue) => client.StartWorkflowAsync(
        (RecoverPaymentWorkflow workflow) => workflow.RunAsync(new RecoveryInput($"pay_{queue}", 1)),
        new WorkflowOptions($"recover-{queue}", queue)
        {
            IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting,
            TypedSearchAttributes = new SearchAttributeCollection.Builder().Set(RecoverySearchAttributes.PaymentId, $"pay_{queue}").ToSearchAttributeCollection(),
        });

    private static TemporalWorker Worker(string queue, ScriptedPayment payment) =>
        new(client, new TemporalWorkerOptions(queue).AddAllActivities(payment).AddWorkflow<RecoverPaymentWorkflow>());

    private static async Task UntilAsync(WorkflowHandle<RecoverPaymentWorkflow, RecoveryStatus> handle, Func<RecoveryStatus, bool> condition)
    {
        while (!condition(await handle.QueryAsync(workflow => workflow.GetStatus())))
        {
            await Task.Yield();
        }
    }
}
