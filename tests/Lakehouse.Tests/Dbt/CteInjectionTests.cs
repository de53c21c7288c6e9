using Recoup.Lakehouse.Dbt.Running;

namespace Recoup.Lakehouse.Tests.Dbt;

[TestClass]
public sealed class CteInjectionTests
{
    private static readonly Cte[] One = [new("__dbt__cte__a", "select 1")];

    [TestMethod]
    [DataRow("select 2", "with __dbt__cte__a as (\nselect 1\n) select 2")]
    [DataRow("\n\nselect 2", "\n\nwith __dbt__cte__a as (\nselect 1\n) select 2")]
    [DataRow("WITH b as (select 2) select 3", "WITH  __dbt__cte__a as (\nselect 1\n), b as (select 2) select 3")]
    [DataRow("with recursive b(n) as (select 2) select 3", "with recursive  __dbt__cte__a as (\nselect 1\n), b(n) as (select 2) select 3")]
    [DataRow("-- with\nselect 'with' as \"with\"", "with __dbt__cte__a as (\nselect 1\n) -- with\nselect 'with' as \"with\"")]
    [DataRow("select (with b as (select 2) select 3)", "with __dbt__cte__a as (\nselect 1\n) select (with b as (select 2) select 3)")]
    public void Inject_OneExpression_StandsFirst(string sql, string expected) => Assert.AreEqual(expected, CteInjection.Inject(sql, One));

    [TestMethod]
    public void Inject_None_LeavesTheText() => Assert.AreEqual("select 1", CteInjection.Inject("select 1", []));
}
