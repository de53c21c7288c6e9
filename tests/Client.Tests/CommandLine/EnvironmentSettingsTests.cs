using Recoup.Client.CommandLine;

namespace Recoup.Client.Tests.CommandLine;

[TestClass]
public sealed class EnvironmentSettingsTests
{
    [TestMethod]
    [DataRow("  ", null)]
    [DataRow("new, old", "new")]
    [DataRow("one", "one")]
    public void FindFirst_Value_GivesTheNewestSecret(string value, string? expected) =>
        Assert.AreEqual(expected, new EnvironmentSettings(_ => value).FindFirst("Stripe__WebhookSecret"));
}
