using Recoup.Client.Simulate.Injection;
using Recoup.Events;
using Recoup.Lakehouse.FlinkSql.Planning;
using Recoup.Lakehouse.FlinkSql.Trials;

namespace Recoup.Client.Tests.Simulate.Injection;

[TestClass]
public sealed class FaultTests
{
    private static readonly string Scripts = Path.Combine(AppContext.BaseDirectory, "flink");

    public static IEnumerable<object[]> TopicNames() => Fault.All.Select(fault => fault.Topic).Distinct().Select(topic => new object[] { topic });

    /// <summary>By the scripts themselves: what a fault is meant for is what the validation says.</summary>
    [TestMethod]
    [DynamicData(nameof(TopicNames))]
    public void Make_EveryFaultOfATopic_IsRefusedForTheReasonThatIsMeant(string topic)
    {
        using var trial = Trial(topic);
        var faults = Fault.All.Where(fault => fault.Topic == topic).ToList();

        var rows = trial.Run([.. faults.Select(fault => fault.Make("injected_7_1"))]);

        CollectionAssert.AreEqual(
            faults.Select(fault => $"{fault.Name}: {fault.Reasons}").ToList(),
            faults.Zip(rows, (fault, row) => $"{fault.Name}: {row.Single().Values.GetValueOrDefault("rejection_reason")}").ToList());
    }

    [TestMethod]
    [DynamicData(nameof(TopicNames))]
    public void RightRecords_AsTheyAre_AreAccepted(string topic)
    {
        using var trial = Trial(topic);
        var right = topic switch
        {
            Topics.Charges => RightRecords.Charge("k"),
            Topics.Refunds => RightRecords.Refund("k"),
            Topics.Disputes => RightRecords.Dispute("k"),
            Topics.Subscriptions => RightRecords.Subscription("k"),
            Topics.Stripe => RightRecords.Stripe("k"),
            _ => RightRecords.Square("k"),
        };

        var row = trial.Run([System.Text.Encoding.UTF8.GetBytes(right.ToJsonString(RecoupJson.Options))])[0].Single();

        Assert.IsFalse(row.Values.ContainsKey("rejection_reason"), $"{row.Values.GetValueOrDefault("rejection_reason")}");
    }

    [TestMethod]
    public void ToMessage_OfAnyRecord_SaysThatItWasInjected()
    {
        var record = Enumerable.Range(0, 1000).Select(order => new BadRecordPlan(7, 0.01).Beside(order)).OfType<BadRecord>().First();

        var headers = record.ToMessage().Headers.ToDictionary(header => header.Key, header => System.Text.Encoding.UTF8.GetString(header.GetValueBytes()));

        Assert.AreEqual("simulator", headers["injected-by"]);
        Assert.AreEqual(record.Reasons, headers["injected-reasons"]);
        StringAssert.StartsWith(record.Key, "injected_7_");
    }

    [TestMethod]
    [DataRow(0.008, 500, 4)]
    [DataRow(0.008, 100_000, 800)]
    [DataRow(0, 1000, 0)]
    [DataRow(1, 50, 50)]
    public void Beside_ManyOrders_IsTheShareAndTheSameForTheSameSeed(double share, int orders, int expected)
    {
        var first = Records(new BadRecordPlan(7, share), orders);

        Assert.HasCount(expected, first);
        CollectionAssert.AreEqual(first.Select(record => record.Key).ToList(), Records(new BadRecordPlan(7, share), orders).Select(record => record.Key).ToList());
        Assert.IsTrue(share is not 0.008 || !first.Select(record => record.Fault).SequenceEqual(Records(new BadRecordPlan(8, share), orders).Select(record => record.Fault)));
        Assert.AreEqual(Math.Min(expected, Fault.All.Count), first.Select(record => record.Fault).Distinct().Count());
    }

    private static List<BadRecord> Records(BadRecordPlan plan, int orders) => [.. Enumerable.Range(0, orders).Select(order => plan.Beside(order)).OfType<BadRecord>()];

    private static ScriptTrial Trial(string topic)
    {
        var plan = Directory.GetFiles(Scripts, "*.sql").Select(path => ScriptPlan.Compile(Path.GetFileName(path), File.ReadAllText(path))).Single(plan => plan.Source.Topic == topic);
        return new ScriptTrial(plan, TimeProvider.System);
    }
}
