using System.Text.RegularExpressions;
using Recoup.Lakehouse.Query;
using Recoup.Lakehouse.Query.DuckDb;
using Recoup.Lakehouse.Tests.FlinkSql;

namespace Recoup.Lakehouse.Tests.Dbt.Project;

/// <summary>Every query of docs/ANALYSTS.md runs, in Trino's dialect and on DuckDB as it is, and both have as many rows.</summary>
[TestClass]
public sealed partial class AnalystQueryTests
{
    [TestMethod]
    public async Task Execute_QueriesOfTheDocument_AnswerAlike()
    {
        using var home = await ProjectLake.CreateAsync();
        await home.AppendAsync(BronzeStory.Of(seed: 3, payments: 80));
        await home.MakeTablesAsync();
        using var engine = new DuckDbQueryEngine(home.Lake.Catalog, new QueryOptions(), TimeProvider.System);
        var queries = await QueriesAsync();
        Assert.IsGreaterThanOrEqualTo(12, queries.Length);

        foreach (var sql in queries)
        {
            await using var result = await engine.ExecuteAsync(sql);
            var rows = await result.ReadTextAsync().ToArrayAsync();
            Assert.AreEqual((await home.AskTrinoAsync(sql)).Rows.Count, rows.Length, sql);

            // Only the reconciliation has nothing to say.
            Assert.AreEqual(sql.Contains("full outer join", StringComparison.Ordinal), rows.Length == 0, sql);
        }
    }

    private static async Task<string[]> QueriesAsync()
    {
        var document = await File.ReadAllTextAsync(Path.Combine(ScriptRun.Folder, "..", "docs", "ANALYSTS.md"));
        return [.. Fence().Matches(document).Select(match => match.Groups[1].Value.Trim())];
    }

    [GeneratedRegex("```sql\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();
}
