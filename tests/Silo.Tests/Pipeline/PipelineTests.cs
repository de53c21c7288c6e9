using System.Text.Json;
using Recoup.Pipeline;
using Recoup.Silo.Tests.Hosting;

namespace Recoup.Silo.Tests.Pipeline;

/// <summary>The pipeline of a silo that runs as it does for everybody.</summary>
[TestClass]
public sealed class PipelineTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [TestMethod]
    public async Task Run_AfterPayments_EveryMonitorLooksAndTheMoneyIsTheSameEverywhere()
    {
        await using var silo = await RunningSilo.StartAsync(("Pipeline:Cron", "Never"));
        for (var number = 1; number <= 5; number++)
        {
            var payment = $$"""{"customer_id":"cus_{{number}}","merchant_id":"mer_p","amount_minor":{{1000 + number}},"currency":"USD","card_id":"card_{{number}}"}""";
            using var answer = await silo.SubmitAsync($"pipeline-{number}", payment, ("Prefer", "wait=5"));
            Assert.IsTrue(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }

        var status = await RunAsync(silo);

        var text = string.Join('\n', status.Readings.Select(reading => $"{reading.Topic} {reading.Severity}: {reading.Summary}").Concat(status.History[0].Steps.Select(step => $"{step.Name} {step.Summary}")));
        Assert.IsTrue(status.History[0].Succeeded, text);
        Assert.IsFalse(status.Readings.Any(reading => reading.Severity is Severity.Unknown or Severity.Critical), text);
        string[] compared = ["published_USD", "collected_USD", "silver_USD", "gold_USD"];
        CollectionAssert.IsSubsetOf(compared, status.Readings.Where(reading => reading.Monitor == "reconciliation").Select(reading => reading.Subject).ToArray(), text);
        Assert.IsEmpty(await silo.Host.Grains.GetGrain<IAlertGrain>(IAlertGrain.Key).ListAsync());
        Assert.AreEqual(status.Readings.Count, await CountAsync(silo, "select count(*) as n from gold.pipeline_monitors"));
    }

    private static async Task<PipelineStatus> RunAsync(RunningSilo silo)
    {
        var pipeline = silo.Host.Grains.GetGrain<IPipelineGrain>(IPipelineGrain.Key);
        var number = await pipeline.RequestAsync();
        using var patience = new CancellationTokenSource(Patience);
        using var rounds = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while ((await pipeline.GetStatusAsync()).Find(number) is not { EndedAt: not null })
        {
            await rounds.WaitForNextTickAsync(patience.Token);
        }

        return await pipeline.GetStatusAsync();
    }

    private static async Task<int> CountAsync(RunningSilo silo, string sql)
    {
        using var answer = await silo.PostAsync("/query", JsonSerializer.Serialize(new { sql }));
        return (await RunningSilo.ReadAsync(answer)).GetProperty("rows")[0].GetProperty("n").GetInt32();
    }
}
