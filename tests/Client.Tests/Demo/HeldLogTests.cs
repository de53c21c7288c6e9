using Microsoft.Extensions.Logging;
using Recoup.Client.Demo;

namespace Recoup.Client.Tests.Demo;

[TestClass]
public sealed class HeldLogTests
{
    [TestMethod]
    public void WriteTo_ManyOfOneKind_ShowsTheFirstAndHowMany()
    {
        using var log = new HeldLog();
        var own = log.CreateLogger("Recoup.Payments");
        for (var number = 1; number <= 3; number++)
        {
            own.LogWarning("payment {Number} waits", number);
        }

        log.CreateLogger("Orleans.Runtime").LogWarning("slow");
        log.CreateLogger("Orleans.Runtime").LogError("broken");
        using var text = new StringWriter();

        log.WriteTo(text);

        StringAssert.Contains(text.ToString(), "payment 1 waits (and 2 more of the kind)");
        StringAssert.Contains(text.ToString(), "Error: Orleans.Runtime: broken");
        Assert.IsFalse(text.ToString().Contains("slow", StringComparison.Ordinal));
    }
}
