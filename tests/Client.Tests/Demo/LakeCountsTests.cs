using Recoup.Client.Demo;

namespace Recoup.Client.Tests.Demo;

[TestClass]
public sealed class LakeCountsTests
{
    private static readonly Dictionary<string, string> Injected = new() { ["payments.charges/0/1"] = "missing_currency" };

    [TestMethod]
    public void Of_InjectedRefusedForWhatIsWrong_IsGood() => Assert.IsTrue(LakeCounts.Of([Table(records: 4)], new Dictionary<string, string>(Injected), Injected).IsGood);

    [TestMethod]
    public void Of_RecordWithoutARow_IsNotGood()
    {
        var counts = LakeCounts.Of([Table(records: 5)], new Dictionary<string, string>(Injected), Injected);

        Assert.IsFalse(counts.IsGood);
        StringAssert.Contains(Screen.Draw(LakeScreen.Render(counts, 1)), "5 records, 4 rows");
    }

    [TestMethod]
    public void Of_OwnEventRefused_NamesIt()
    {
        var counts = LakeCounts.Of([Table(records: 4)], new Dictionary<string, string>(Injected) { ["payments.charges/2/9"] = "invalid_attempt" }, Injected);

        Assert.IsFalse(counts.IsGood);
        StringAssert.Contains(Screen.Draw(LakeScreen.Render(counts, 1)), "NOBODY INJECTED THEM: payments.charges/2/9");
    }

    [TestMethod]
    [DataRow("missing_card_id")]
    [DataRow(null)]
    public void Of_InjectedRefusedForAnotherReasonOrAccepted_NamesIt(string? reason)
    {
        var quarantined = reason is null ? [] : new Dictionary<string, string> { ["payments.charges/0/1"] = reason };

        var counts = LakeCounts.Of([Table(records: 4)], quarantined, Injected);

        Assert.IsFalse(counts.IsGood);
        StringAssert.Contains(Screen.Draw(LakeScreen.Render(counts, 1)), "WRONG WITH THEM: payments.charges/0/1");
    }

    private static TableCount Table(long records) => new("payments.charges", "payment_charges", records, 3, 1, new Dictionary<string, long> { ["missing_currency"] = 1 });
}
