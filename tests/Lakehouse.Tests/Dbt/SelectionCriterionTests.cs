using Recoup.Lakehouse.Dbt.Selection;

namespace Recoup.Lakehouse.Tests.Dbt;

[TestClass]
public sealed class SelectionCriterionTests
{
    [TestMethod]
    [DataRow("stg_a", "fqn", "stg_a")]
    [DataRow("models/staging", "path", "models/staging")]
    [DataRow("stg_a.sql", "file", "stg_a.sql")]
    [DataRow("tag:nightly", "tag", "nightly")]
    public void Parse_OneWord_FindsTheMethod(string word, string method, string value)
    {
        var criterion = SelectionCriterion.Parse(word);

        Assert.AreEqual((method, value, false, false), (criterion.Method, criterion.Value, criterion.Parents, criterion.Children));
    }

    [TestMethod]
    public void Parse_DepthsAndArguments_AreRead()
    {
        var criterion = SelectionCriterion.Parse("2+config.meta.owner:ana+3");

        Assert.AreEqual((true, (int?)2, true, (int?)3), (criterion.Parents, criterion.ParentsDepth, criterion.Children, criterion.ChildrenDepth));
        Assert.AreEqual("config meta.owner ana", $"{criterion.Method} {string.Join('.', criterion.Arguments)} {criterion.Value}");
    }

    [TestMethod]
    public void Parse_AtWithChildren_IsRefused() => Assert.ThrowsExactly<SelectionException>(() => SelectionCriterion.Parse("@stg_a+"));
}
