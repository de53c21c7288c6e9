using Recoup.Pipeline;
using Recoup.Pipeline.Alerts;

namespace Recoup.Grains.Tests.Pipeline;

[TestClass]
public sealed class AlertRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    [TestMethod]
    public void Observe_BadThenWorseThenWell_IsRaisedUpdatedAndResolvedOnce()
    {
        var book = Play(Severity.Warning, Severity.Warning, Severity.Critical, Severity.Critical, Severity.Ok, Severity.Ok);

        CollectionAssert.AreEqual(
            new[] { "kafka_lag/all/1:1 Raised", "kafka_lag/all/1:2 Updated", "kafka_lag/all/1:3 Resolved" },
            book.Outbox.Select(notice => $"{notice.EventId} {notice.Change}").ToArray());
        Assert.IsEmpty(book.Open);
        Assert.AreEqual(Severity.Critical, book.Over[0].Worst);
        Assert.AreEqual(Now.AddHours(4), book.Over[0].ResolvedAt);
    }

    [TestMethod]
    public void Observe_BadAgainAfterItWasOver_IsANewAlert()
    {
        var book = Play(Severity.Warning, Severity.Ok, Severity.Warning);
        Assert.AreEqual("kafka_lag/all/3", book.Open.Single().AlertId);
    }

    [TestMethod]
    public void Observe_Unreadable_RaisesNothingAndEndsNothing()
    {
        Assert.IsEmpty(Play(Severity.Unknown).Open);
        Assert.HasCount(1, Play(Severity.Warning, Severity.Unknown).Open);
        Assert.HasCount(1, Play(Severity.Warning, Severity.Unknown).Outbox);
    }

    [TestMethod]
    public void Observe_SameRunAgain_ChangesNothing()
    {
        var book = Play(Severity.Warning);
        Assert.AreSame(book, book.Observe(1, [Read(Severity.Critical)], ["log"], Now));
    }

    [TestMethod]
    public void Observe_StillBad_ShowsTheNewestReadingAndTellsNobody()
    {
        var book = Play(Severity.Warning).Observe(2, [Read(Severity.Warning) with { Value = 77 }], ["log"], Now.AddHours(1));
        Assert.AreEqual(77m, book.Open[0].Reading.Value);
        Assert.AreEqual(Now.AddHours(1), book.Open[0].SeenAt);
        Assert.HasCount(1, book.Outbox);
    }

    [TestMethod]
    public void Delivered_ByOneChannel_WaitsForTheOther()
    {
        var book = new AlertBook().Observe(1, [Read(Severity.Warning)], ["log", "webhook"], Now);

        book = book.Delivered("kafka_lag/all/1:1", "log");
        CollectionAssert.AreEqual(new[] { "webhook" }, book.Outbox[0].Waiting.ToArray());
        Assert.IsEmpty(book.Delivered("kafka_lag/all/1:1", "webhook").Outbox);
    }

    private static AlertBook Play(params Severity[] severities) =>
        severities.Index().Aggregate(new AlertBook(), (book, one) => book.Observe(one.Index + 1, [Read(one.Item)], ["log"], Now.AddHours(one.Index)));

    private static Reading Read(Severity severity) => new() { Monitor = "kafka_lag", Severity = severity, Value = 5, Threshold = 1, Unit = "records", Summary = "5 records wait" };
}
