using Recoup.Lakehouse.FlinkSql.Planning;

namespace Recoup.Lakehouse.Tests.FlinkSql;

/// <summary>What the repository ships is read whole: nothing in <c>flink/*.sql</c> is refused.</summary>
[TestClass]
public sealed class ShippedScriptTests
{
    public static IEnumerable<object[]> Scripts() => Directory.GetFiles(ScriptRun.Folder, "*.sql").Select(path => new object[] { Path.GetFileName(path) });

    [TestMethod]
    [DynamicData(nameof(Scripts))]
    public void Compile_EachScript_InsertsIntoBronzeAndQuarantine(string file)
    {
        var plan = ScriptPlan.Compile(file, File.ReadAllText(Path.Combine(ScriptRun.Folder, file)));

        Assert.HasCount(2, plan.Inserts);
        Assert.AreEqual($"quarantine_{plan.Inserts[0].Target[^1]}", plan.Inserts[1].Target[^1]);
        Assert.IsTrue(plan.Inserts.All(insert => insert.Target is ["lake", "bronze", _]));
    }
}
