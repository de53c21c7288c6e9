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

        var drawn = Screen.Draw(QueryTable.Render(answer.RootElement));

        StringAssert.Contains(drawn, "insufficient_funds");
        StringAssert.Contains(drawn, "null");
        StringAssert.Contains(drawn, "2 rows, and more: the result is cut.");
    }

    [TestMethod]
    public void Render_NoRows_StillShowsTheColumns()
    {
        using var answer = JsonDocument.Parse("""{"columns":[{"name":"code","type":"VARCHAR"}],"rows":[],"row_count":0,"truncated":false}""");

        var drawn = Screen.Draw(QueryTable.Render(answer.RootElement));

        StringAssert.Contains(drawn, "code");
        StringAssert.Contains(drawn, "0 rows.");
    }
}
