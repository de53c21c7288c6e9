using System.Text.Json;
using Recoup.Client.Queries;

namespace Recoup.Client.Tests.Queries;

[TestClass]
public sealed class QueryTableTests
{
    [TestMethod]
    public void Render_Rows_ShowsValuesNullsAndTheirNumber()
    {
        using var answer = JsonDocument.Parse("""
            {"columns":[{"name":"code","type":"VARCHAR"},{"name":"n","type":"BIGINT"}],
             "rows":[{"code":"insufficient_funds","n":12},{"code":null,"n":3}],"row_count":2,"truncated":true}
            """);

        var drawn = Screen.Draw(QueryTable.Render(answer.RootElement, 80));

        StringAssert.Contains(drawn, "insufficient_funds");
        StringAssert.Contains(drawn, "null");
        StringAssert.Contains(drawn, "2 rows, and more: the result is cut.");
    }

    [TestMethod]
    public void Render_NoRows_StillShowsTheColumns()
    {
        using var answer = JsonDocument.Parse("""{"columns":[{"name":"code","type":"VARCHAR"}],"rows":[],"row_count":0,"truncated":false}""");

        var drawn = Screen.Draw(QueryTable.Render(answer.RootElement, 80));

        StringAssert.Contains(drawn, "code");
        StringAssert.Contains(drawn, "0 rows.");
    }

    [TestMethod]
    public void Render_RowsWiderThanTheScreen_ShowsALineAColumn()
    {
        using var answer = JsonDocument.Parse("""
            {"columns":[{"name":"recovered_payments","type":"BIGINT"},{"name":"average_days_to_recover","type":"DOUBLE"}],
             "rows":[{"recovered_payments":12,"average_days_to_recover":0.5}],"row_count":1,"truncated":false}
            """);

        var lines = Screen.Draw(QueryTable.Render(answer.RootElement, 40)).Split('\n');

        Assert.IsTrue(lines.Any(line => line.Contains("recovered_payments", StringComparison.Ordinal) && line.Contains("12", StringComparison.Ordinal)));
        Assert.IsTrue(lines.Any(line => line.Contains("average_days_to_recover", StringComparison.Ordinal) && line.Contains("0.5", StringComparison.Ordinal)));
    }
}
