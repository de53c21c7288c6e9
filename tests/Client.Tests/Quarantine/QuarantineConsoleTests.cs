using System.Text.Json;
using Recoup.Client.CommandLine;
using Recoup.Client.Simulate.Injection;
using Recoup.Events;

namespace Recoup.Client.Tests.Quarantine;

/// <summary>The commands against a running silo, as somebody at night would use them.</summary>
[TestClass]
public sealed class QuarantineConsoleTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Quarantine_FromListToReplay_CountsEachRecordOnce()
    {
        await using var silo = await ConsoleSilo.StartAsync();
        var records = await InjectAsync(silo);
        var list = await WaitForAsync(silo, records.Count);

        await ListShowsEachForWhatIsWrongAsync(silo, list, records);
        await ShowExplainsAsync(silo, records);
        await ReplayOneAsync(silo, records["currency_is_not_supported"]);
        await ReplayManyAsync(silo);
        await BackfillChangesNothingAsync(silo);
    }

    private static async Task<Dictionary<string, string>> InjectAsync(ConsoleSilo silo)
    {
        var records = new Dictionary<string, string>();
        foreach (var fault in Fault.All)
        {
            records[fault.Name] = await silo.PublishAsync(fault.Topic, fault.Make($"injected_{fault.Name}"));
        }

        return records;
    }

    private async Task<JsonElement> WaitForAsync(ConsoleSilo silo, int rows)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.CancellationToken);
        patience.CancelAfter(Patience);
        using var rounds = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        var list = await silo.ReadAsync("quarantine", "list", "--limit", "100");
        while (list.GetProperty("total").GetInt32() < rows)
        {
            await rounds.WaitForNextTickAsync(patience.Token);
            list = await silo.ReadAsync("quarantine", "list", "--limit", "100");
        }

        return list;
    }

    private static async Task ListShowsEachForWhatIsWrongAsync(ConsoleSilo silo, JsonElement list, Dictionary<string, string> records)
    {
        var reasons = list.GetProperty("rows").EnumerateArray().ToDictionary(
            row => row.GetProperty("record").GetString()!, row => string.Join(';', row.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString())));
        CollectionAssert.AreEquivalent(Fault.All.Select(fault => (records[fault.Name], fault.Reasons)).ToList(), reasons.Select(row => (row.Key, row.Value)).ToList());

        var some = await silo.ReadAsync("quarantine", "list", "--table", "payment_charges", "--reason", "unsupported_currency", "--since", "1h", "--limit", "1");
        Assert.AreEqual(2, some.GetProperty("total").GetInt32(), "one alone, one with other reasons");
        Assert.AreEqual(1, some.GetProperty("rows").GetArrayLength());
        Assert.AreEqual(0, (await silo.ReadAsync("quarantine", "list", "--until", "1h")).GetProperty("total").GetInt32());
        StringAssert.Contains((await silo.RunAsync("quarantine", "list")).Output, "missing_currency");
    }

    private static async Task ShowExplainsAsync(ConsoleSilo silo, Dictionary<string, string> records)
    {
        var several = await silo.RunAsync("quarantine", "show", records["several_at_once"]);
        StringAssert.Contains(several.Output, "USD, CAD, GBP, EUR or JPY");
        StringAssert.Contains(several.Output, "customer_id is missing");
        Assert.AreEqual("hex", (await silo.ReadAsync("quarantine", "show", records["bytes_are_latin_1"])).GetProperty("raw").GetProperty("encoding").GetString());
        Assert.AreEqual("tombstone", (await silo.ReadAsync("quarantine", "show", records["tombstone"])).GetProperty("raw").GetProperty("encoding").GetString());
        Assert.IsFalse((await silo.RunAsync("quarantine", "show", records["card_number_in_a_text"])).Output.Contains("4242", StringComparison.Ordinal));

        var missing = await silo.RunAsync("quarantine", "show", "payments.charges/3/99999");
        Assert.AreEqual((ExitCodes.Failure, ""), (missing.Code, missing.Output));
        StringAssert.Contains(missing.Error, "is not in quarantine");
    }

    private async Task ReplayOneAsync(ConsoleSilo silo, string record)
    {
        string[] command = ["quarantine", "replay", record, "--set", "currency=USD"];
        Assert.AreEqual("would_be_published", Status(await silo.ReadAsync([.. command, "--dry-run"])));
        Assert.AreEqual("published", Status(await silo.ReadAsync(command)));
        Assert.AreEqual("already_replayed", Status(await silo.ReadAsync(command)));

        var other = await silo.RunAsync("quarantine", "replay", record, "--set", "currency=EUR");
        Assert.AreEqual(ExitCodes.Failure, other.Code);
        StringAssert.Contains(other.Output, "1 refused.");
        var wrong = await silo.RunAsync("quarantine", "replay", record, "--set", "currency=XYZ", "--dry-run");
        Assert.AreEqual(ExitCodes.Failure, wrong.Code);

        using var rounds = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        var fate = "";
        while (fate != "accepted")
        {
            fate = (await silo.ReadAsync("quarantine", "show", record)).GetProperty("row").GetProperty("replayed").GetProperty("fate").GetString()!;
            await rounds.WaitForNextTickAsync(TestContext.CancellationToken);
        }
    }

    private static async Task ReplayManyAsync(ConsoleSilo silo)
    {
        string[] command = ["quarantine", "replay", "--table", Topics.Charges, "--reason", "amount_out_of_range", "--set", "amount_minor=4999"];

        var first = await silo.ReadAsync(command);
        var second = await silo.ReadAsync(command);

        Assert.AreEqual(4, first.GetProperty("counts").GetProperty("published").GetInt32());
        Assert.AreEqual(0, second.GetProperty("counts").TryGetProperty("published", out var again) ? again.GetInt32() : 0);
    }

    private static async Task BackfillChangesNothingAsync(ConsoleSilo silo)
    {
        var done = await silo.ReadAsync("pipeline", "backfill", "--topic", Topics.Charges, "--records-max", "10");

        Assert.IsGreaterThan(1, done.GetProperty("transactions").GetInt32());
        Assert.IsTrue(done.GetProperty("tables").EnumerateArray().All(table => table.GetProperty("rows_before").GetInt64() == table.GetProperty("rows_after").GetInt64()));
        StringAssert.Contains((await silo.RunAsync("pipeline", "backfill", "--topic", Topics.Disputes, "--to", "0")).Output, "no validated records");
    }

    private static string? Status(JsonElement document) => document.GetProperty("replays")[0].GetProperty("status").GetString();
}
