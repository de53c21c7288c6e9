using CsCheck;
using Recoup.Client.Simulate;

namespace Recoup.Client.Tests.Simulate;

[TestClass]
public sealed class LatencyHistogramTests
{
    [TestMethod]
    public void Percentile_NothingRecorded_IsNull() => Assert.IsNull(new LatencyHistogram().Percentile(0.5));

    [TestMethod]
    public void Percentile_AnyLatencies_IsRightToTwoPercent() =>
        Gen.Select(Gen.Double[0.02, 500_000].Array[1, 300], Gen.Int[0, 100].Select(percent => percent / 100.0)).Sample((milliseconds, share) =>
        {
            var histogram = new LatencyHistogram();
            foreach (var latency in milliseconds)
            {
                histogram.Record(TimeSpan.FromMilliseconds(latency));
            }

            var exact = milliseconds.Order().ElementAt(Math.Max(1, (int)Math.Ceiling(share * milliseconds.Length)) - 1);
            var found = histogram.Percentile(share)!.Value.TotalMilliseconds;

            Assert.IsTrue(found >= exact * 0.999 && found <= exact * 1.021, $"p{share * 100}: {found} for {exact}");
        });

    [TestMethod]
    public void Percentile_BeyondOne_Throws() =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new LatencyHistogram().Percentile(1.5));
}
