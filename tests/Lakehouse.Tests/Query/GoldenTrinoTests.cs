using System.Text.Json.Nodes;
using Recoup.Lakehouse.Query;
using Recoup.Lakehouse.Query.Trino;
using Recoup.Lakehouse.Tests.Iceberg.Golden;

namespace Recoup.Lakehouse.Tests.Query;

/// <summary>The client against recorded answers of a real Trino.</summary>
[TestClass]
[TestCategory("Golden")]
public sealed class GoldenTrinoTests
{
    private static readonly QueryOptions Options = new() { Engine = QueryEngineKind.Trino, TrinoUrl = new Uri("http://trino:8080"), TrinoUser = "ada" };

    /// <summary>Those of a statement; the file also has calls of other endpoints.</summary>
    public static IEnumerable<object[]> Recordings() => Shared.Lines("golden", "trino", "protocol.jsonl")
        .Where(line => line.Length is 0 || JsonNode.Parse(line)?["sql"] is not null)
        .Select(line => new object[] { line });

    [TestMethod]
    [DynamicData(nameof(Recordings))]
    public async Task ExecuteAsync_Recorded_GivesRowsOrError(string line)
    {
        if (line.Length is 0)
        {
            Assert.Inconclusive("golden/trino is missing: set RECOUP_SHARED.");
        }

        var recorded = JsonNode.Parse(line)!;
        using var replay = new TrinoReplay(recorded);
        var bodies = recorded["steps"]!.AsArray().Where(step => step!["body"] is JsonObject).Select(step => step!["body"]!).ToArray();
        var engine = new TrinoQueryEngine(new HttpClient(replay), Options, TimeProvider.System);
        var sql = recorded["sql"]!.GetValue<string>();
        var error = bodies.Select(body => body["error"]).FirstOrDefault(found => found is not null);
        if (!Reads(sql) || error is not null)
        {
            var failed = await Assert.ThrowsExactlyAsync<QueryException>(() => RowsAsync(engine, sql));
            Assert.AreEqual(Reads(sql) ? error!["message"]!.GetValue<string>() : failed.Message, failed.Message);
            Assert.AreEqual(Reads(sql) ? error!["errorLocation"]?["columnNumber"]?.GetValue<int>() : null, failed.Column);
            return;
        }

        var expected = bodies.SelectMany(body => body["data"]?.AsArray() ?? []).Where(row => row is JsonArray).ToArray();
        Assert.HasCount(expected.Length, await RowsAsync(engine, sql));
        Assert.IsEmpty(replay.Asked.Where(asked => asked.StartsWith("DELETE", StringComparison.Ordinal)));
        Assert.AreEqual(sql, replay.Statement);
        Assert.AreEqual("ada", replay.Headers["X-Trino-User"]);
    }

    [TestMethod]
    public async Task ReadTextAsync_AllTypes_GivesEveryValue()
    {
        using var replay = new TrinoReplay(Named("all types"));
        var engine = new TrinoQueryEngine(new HttpClient(replay), Options, TimeProvider.System);

        var rows = await RowsAsync(engine, "select 1");

        Assert.AreEqual(
            "true|1|2|3|4|1.5|2.5|12.30|12345678901234567890.123|x|ab |Cv8=|2026-11-23|09:30:00.123|2026-11-23T09:30:00.123456|2026-11-23T09:30:00.123456Z|P1D|P2M|"
            + "{\"a\":1}|12151fd2-7586-11e9-8f9e-2a86e4085a59|[1,null]|{\"k\":1}|{\"field0\":1,\"field1\":\"x\"}|NaN|Infinity|10.0.0.1",
            string.Join('|', rows.Single()));
    }

    [TestMethod]
    public async Task DisposeAsync_BeforeTheEnd_Cancels()
    {
        using var replay = new TrinoReplay(Named("many pages"));
        var engine = new TrinoQueryEngine(new HttpClient(replay), Options, TimeProvider.System);

        await (await engine.ExecuteAsync("select 1")).DisposeAsync();

        Assert.AreEqual("DELETE http://trino:8080/v1/statement/executing/<query>/<slug>/1", replay.Asked[^1]);
    }

    private static JsonNode Named(string name) => File.ReadLines(Path.Combine(Shared.Folder("golden", "trino"), "protocol.jsonl"))
        .Select(line => JsonNode.Parse(line)!).Single(recorded => recorded["name"]!.GetValue<string>() == name);

    private static bool Reads(string sql) => sql.Split(' ')[0] is "select" or "explain" or "show";

    private static async Task<string?[][]> RowsAsync(TrinoQueryEngine engine, string sql)
    {
        await using var result = await engine.ExecuteAsync(sql);
        return await result.ReadTextAsync().ToArrayAsync();
    }
}
