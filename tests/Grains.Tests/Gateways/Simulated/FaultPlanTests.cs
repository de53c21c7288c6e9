using Recoup.Gateways.Simulated.Faults;

namespace Recoup.Grains.Tests.Gateways.Simulated;

[TestClass]
public sealed class FaultPlanTests
{
    [TestMethod]
    public void Parse_AllFaults_ReadsEach()
    {
        var plan = FaultPlan.Parse("latency=50ms, timeout_after=0.02,429=0.01,5xx=1,down=10s/2m");

        Assert.AreEqual(
            new FaultPlan
            {
                Latency = TimeSpan.FromMilliseconds(50),
                TimeoutAfter = 0.02,
                TooManyRequests = 0.01,
                ServerErrors = 1,
                DownFor = TimeSpan.FromSeconds(10),
                DownEvery = TimeSpan.FromMinutes(2),
            },
            plan);
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("")]
    [DataRow("  ")]
    public void Parse_Nothing_IsNone(string? text) => Assert.AreEqual(FaultPlan.None, FaultPlan.Parse(text));

    [TestMethod]
    [DataRow("latency")]
    [DataRow("latency=50")]
    [DataRow("latency=-5ms")]
    [DataRow("latency=99999999s")]
    [DataRow("timeout_after=2%")]
    [DataRow("timeout_after=1.5")]
    [DataRow("429=-0.1")]
    [DataRow("5xx=NaN")]
    [DataRow("down=10s")]
    [DataRow("down=60s/10s")]
    [DataRow("earthquake=1")]
    public void Parse_NotUnderstood_NamesSettingPartAndWhatIsRight(string text)
    {
        var failure = Assert.ThrowsExactly<FormatException>(() => FaultPlan.Parse("429=0.01," + text));

        Assert.StartsWith($"Gateway__Faults: '{text}'", failure.Message);
        Assert.Contains("latency=50ms", failure.Message);
        Assert.DoesNotContain("\n", failure.Message);
    }
}
