using Recoup.Lakehouse.Dbt;

namespace Recoup.Lakehouse.Tests.Dbt.Project;

/// <summary>Bronze tells how old it is; what is quarantined may be as old as it likes.</summary>
[TestClass]
public sealed class SourceFreshnessTests
{
    [TestMethod]
    public async Task Freshness_OldBronze_IsAnErrorForBronzeAlone()
    {
        using var home = await ProjectLake.CreateAsync();
        await home.AppendAsync(BronzeStory.Of(seed: 1, payments: 40).Select(row => row.Values.ContainsKey("ingested_at") ? row.With(("ingested_at", new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero))) : row));

        var result = await home.RunAsync(new DbtCommand("source freshness"));

        Assert.IsNull(result.Error);
        Assert.AreEqual(1, result.ExitCode);
        var tables = result.Nodes.ToDictionary(node => node.UniqueId, node => node.Status);
        Assert.AreEqual("error", tables["source.recoup.recoup.payment_charges"]);
        Assert.IsFalse(tables.ContainsKey("source.recoup.recoup.quarantine_payment_charges"));
    }
}
