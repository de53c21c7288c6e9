using CsCheck;
using Recoup.Silo.Workflows.Timelines;

namespace Recoup.Silo.Tests.Workflows.Timelines;

[TestClass]
public sealed class DurationTextTests
{
    [TestMethod]
    [DataRow(0, "0 ms")]
    [DataRow(120, "120 ms")]
    [DataRow(999.6, "1 s")]
    [DataRow(3_210, "3.2 s")]
    [DataRow(59_960, "1 min")]
    [DataRow(200_000, "3 min 20 s")]
    [DataRow(23_400_000, "6 h 30 min")]
    [DataRow(86_399_000, "1 d")]
    [DataRow(111_600_000, "1 d 7 h")]
    [DataRow(-1_500, "-1.5 s")]
    public void Of_Span_NamesTheTwoLargestUnits(double milliseconds, string expected) =>
        Assert.AreEqual(expected, DurationText.Of(TimeSpan.FromMilliseconds(milliseconds)));

    [TestMethod]
    public void Of_AnySpan_NeverShowsAFullUnitAsTheSmallerOne() => Gen.Long[0, TimeSpan.FromDays(400).Ticks].Sample(ticks =>
    {
        var text = DurationText.Of(new TimeSpan(ticks));
        Assert.DoesNotMatchRegex(@"\b(60 (s|min)|24 h|1000 ms)", text);
    });
}
