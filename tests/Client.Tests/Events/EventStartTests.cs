using Recoup.Client.Events;

namespace Recoup.Client.Tests.Events;

[TestClass]
public sealed class EventStartTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [TestMethod]
    [DataRow("15m", "2026-11-24T11:45:00Z")]
    [DataRow("3d", "2026-11-21T12:00:00Z")]
    [DataRow("2026-11-24T10:00:00+01:00", "2026-11-24T09:00:00Z")]
    public void Parse_TimeOrAge_IsThatTime(string text, string time) =>
        Assert.AreEqual(EventStart.Parse(time, Now), EventStart.Parse(text, Now));

    [TestMethod]
    [DataRow("beginning")]
    [DataRow("now")]
    public void Parse_Word_IsKnown(string word) => Assert.IsNotNull(EventStart.Parse(word, Now));

    [TestMethod]
    [DataRow("")]
    [DataRow("m")]
    [DataRow("-5m")]
    [DataRow("5")]
    [DataRow("yesterday")]
    [DataRow("999999999d")]
    public void Parse_AnythingElse_IsNull(string text) => Assert.IsNull(EventStart.Parse(text, Now));
}
