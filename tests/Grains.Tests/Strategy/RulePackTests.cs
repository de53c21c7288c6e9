using System.Text;
using Recoup.Strategy;

namespace Recoup.Grains.Tests.Strategy;

[TestClass]
public sealed class RulePackTests
{
    private const string Network = """
        {"network":"default","edition":"2026-01-01","valid_from":"2026-01-01","kind":"primary","source":"a book",
         "responses":[{"class":"never","codes":["41"]}],"other_responses":{"class":"generic"},
         "limits":[{"rule_id":"x","counts":"declines","maximum":3,"window_hours":24,"initiators_apart":false,"same_amount":false}]}
        """;

    private const string Provider = """
        {"provider":"stripe","edition":"2026-01-01","valid_from":"2026-01-01","kind":"secondary","source":"a page","codes":[{"class":"later","codes":["x"]}]}
        """;

    [TestMethod]
    public void Load_BuiltInPacks_NameEditionAndSource()
    {
        foreach (var pack in RulePacks.Load().All)
        {
            Assert.IsNotEmpty(pack.Source);
            Assert.IsTrue(pack.Kind is "primary" or "secondary");
        }
    }

    [TestMethod]
    [DataRow("visa", "2021-04-16", "default", "2026-04-18", 15)]
    [DataRow("visa", "2021-04-17", "visa", "2021-04-17", 15)]
    [DataRow("visa", "2026-04-17", "visa", "2021-04-17", 15)]
    [DataRow("visa", "2026-04-18", "visa", "2026-04-18", 20)]
    [DataRow("VISA", "2026-11-23", "visa", "2026-04-18", 20)]
    [DataRow("mastercard", "2022-10-01", "mastercard", "2022-10-01", 10)]
    [DataRow("mastercard", "2024-04-01", "mastercard", "2024-04-01", 10)]
    [DataRow("amex", "2026-11-23", "default", "2026-04-18", 15)]
    [DataRow("stripe", "2026-11-23", "default", "2026-04-18", 15)]
    [DataRow(null, "2026-11-23", "default", "2026-04-18", 15)]
    public void Network_AtADate_IsThePackInForce(string? network, string day, string owner, string edition, int limit)
    {
        var pack = Contexts.Packs.Network(network, DateTimeOffset.Parse(day + "T00:00Z", System.Globalization.CultureInfo.InvariantCulture));

        Assert.AreEqual((owner, edition, limit), (pack.Owner, pack.Edition, pack.Limits[0].Maximum));
    }

    [TestMethod]
    [DataRow("\"edition\":\"2026-01-01\"", "\"edition\":\"spring\"", "edition 'spring' is not a date")]
    [DataRow("\"source\":\"a book\"", "\"source\":\" \"", "source is empty")]
    [DataRow("\"kind\":\"primary\"", "\"kind\":\"rumour\"", "kind 'rumour'")]
    [DataRow("[\"41\"]", "[\"41\",\"41\"]", "code 41 is listed twice")]
    [DataRow("\"maximum\":3", "\"maximum\":0", "limit x must have a maximum above 0")]
    [DataRow("\"window_hours\":24", "\"window_hours\":721", "window of 1 to 720 hours")]
    [DataRow("\"class\":\"never\"", "\"class\":\"perhaps\"", "cannot be read")]
    [DataRow("\"network\":\"default\",", "", "exactly one of network and provider")]
    [DataRow(",\"other_responses\":{\"class\":\"generic\"}", "", "other_responses is missing")]
    [DataRow("\"codes\":[\"41\"]", "\"codes\":[\"41\"],\"regions\":[\"mars\"]", "region 'mars' has no list of countries")]
    [DataRow("\"source\":", "\"sauce\":1,\"source\":", "cannot be read")]
    public void Load_WrongPack_SaysWhatIsWrongInWhichFile(string text, string wrong, string message)
    {
        var file = Network.ReplaceLineEndings("").Replace(" \"", "\"", StringComparison.Ordinal).Replace(text, wrong, StringComparison.Ordinal);

        var thrown = Assert.ThrowsExactly<InvalidDataException>(() => Load(file, Provider));

        Assert.Contains("file0", thrown.Message);
        Assert.Contains(message, thrown.Message);
    }

    [TestMethod]
    public void Load_TwoPacksFromOneDay_IsRefused() =>
        Assert.Contains("Two rule packs of default", Assert.ThrowsExactly<InvalidDataException>(() => Load(Network, Network, Provider)).Message);

    [TestMethod]
    public void Load_WithoutTheDefault_IsRefused() =>
        Assert.Contains("'default'", Assert.ThrowsExactly<InvalidDataException>(() => Load(Provider)).Message);

    private static RulePacks Load(params string[] files) =>
        RulePacks.Load(files.Select((json, i) => ($"file{i}", (Stream)new MemoryStream(Encoding.UTF8.GetBytes(json)))));
}
