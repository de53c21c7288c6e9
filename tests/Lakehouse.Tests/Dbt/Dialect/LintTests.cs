using Recoup.Lakehouse.Dbt.Dialect;

namespace Recoup.Lakehouse.Tests.Dbt.Dialect;

[TestClass]
public sealed class LintTests
{
    [TestMethod]
    public void Lint_SeveralRefusals_AreAllFoundByLine()
    {
        var findings = TrinoDialect.Lint("WITH a AS (\n  SELECT instr(x, 'a') AS i FROM t\n)\nSELECT 1 = '1', i / 2\nFROM a WHERE iff(true, 1, 2) = 1", "model.sql");
        CollectionAssert.AreEqual(new[] { ("L15", 2), ("L06", 4), ("L15", 5) }, findings.Select(finding => (finding.Rule, finding.Line)).ToList());
    }

    [TestMethod]
    public void Lint_ModelInTheSharedSubset_FindsNothing() =>
        Assert.IsEmpty(TrinoDialect.Lint(
            """
            with events as (select payment_id, amount_minor, cast(payload as varchar) as payload, at from "lake"."bronze"."events" where at >= current_date - interval '7' day)
            select e.payment_id, lower(e.payload) as payload, count(*) as events, min_by(e.payload, e.at) as first_payload
            from events e left join customers c on c.payment_id = e.payment_id
            group by 1, 2 order by events desc
            """,
            "model.sql").Where(finding => finding.Rule != "T01"));

    [TestMethod]
    public void CheckFolder_NestedFile_IsNamedByItsPath()
    {
        var folder = Directory.CreateTempSubdirectory("dialect");
        try
        {
            folder.CreateSubdirectory("models");
            File.WriteAllText(Path.Combine(folder.FullName, "models", "m.sql"), "select 1 ilike 'a'");
            Assert.AreEqual($"models{Path.DirectorySeparatorChar}m.sql", DialectLint.CheckFolder(folder.FullName).Single().File);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
