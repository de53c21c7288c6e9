using System.Text.Json;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using Recoup.Lakehouse.Dbt.Dialect;
using Recoup.Lakehouse.Tests.FlinkSql;

namespace Recoup.Lakehouse.Tests.Dbt.Dialect;

/// <summary>What real Trino answered: the same answer, or a refusal; never another.</summary>
[TestClass]
[TestCategory("Golden")]
public sealed partial class GoldenFunctionTests
{
    private enum Outcome
    {
        Right,
        Refused,
        RefusedAtRunTime,
        Wrong,
    }

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Translate_EveryGoldenCase_GivesTrinosAnswerOrRefuses()
    {
        using var duck = new TrinoOnDuck();
        var outcomes = GoldenData.Lines("golden/trino/functions.jsonl").Select(line => (Case: line, Result: Run(duck, line))).ToList();
        foreach (var (line, result) in outcomes.Where(outcome => outcome.Result.Outcome is not Outcome.Right))
        {
            TestContext.WriteLine($"{result.Outcome} {line.GetProperty("id").GetString()} {(line.TryGetProperty("error", out _) ? "E" : "-")} {line.GetProperty("expr").GetString()} | {result.What}");
        }

        var counts = outcomes.GroupBy(outcome => outcome.Result.Outcome).ToDictionary(group => group.Key, group => group.Count());
        var right = outcomes.Count(outcome => outcome.Result.Outcome is Outcome.Right && !outcome.Case.TryGetProperty("error", out _));
        TestContext.WriteLine($"{outcomes.Count} cases: {string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}"))}; {right} answered of {outcomes.Count(outcome => !outcome.Case.TryGetProperty("error", out _))} that Trino answers");
        Assert.AreEqual(0, counts.GetValueOrDefault(Outcome.Wrong), string.Join('\n', outcomes.Where(outcome => outcome.Result.Outcome is Outcome.Wrong).Select(outcome => $"{outcome.Case.GetProperty("id")} {outcome.Case.GetProperty("expr")} {outcome.Result.What}")));
        Assert.IsGreaterThan(outcomes.Count / 2, right + outcomes.Count(outcome => outcome.Case.TryGetProperty("error", out _)), "refusing everything is no answer");
    }

    private static (Outcome Outcome, string What) Run(TrinoOnDuck duck, JsonElement line)
    {
        var isExpression = line.GetProperty("kind").GetString() == "expr";
        var sql = isExpression ? $"SELECT {line.GetProperty("expr").GetString()}" : line.GetProperty("expr").GetString()!;
        try
        {
            var rows = duck.Query(sql);
            return line.TryGetProperty("error", out _) ? (Outcome.Wrong, $"Trino refuses it; answered {Show(rows)}")
                : !SameTypes(line, duck.Types, isExpression) ? (Outcome.Wrong, $"Trino's type is {line.GetProperty("type").GetRawText()}; translated as {string.Join(", ", duck.Types)}")
                : Same(line, rows, isExpression, sql) ? (Outcome.Right, "")
                : (Outcome.Wrong, $"Trino says {line.GetProperty("value").GetRawText()}; answered {Show(rows)}");
        }
        catch (DialectException refusal)
        {
            return (Outcome.Refused, refusal.Finding.ToString());
        }
        catch (DuckDBException refusal)
        {
            return line.TryGetProperty("error", out _) ? (Outcome.Refused, "") : (Outcome.RefusedAtRunTime, refusal.Message.Split('\n')[0]);
        }
    }

    /// <summary>Types are Trino's, but for lengths of texts, which the translation does not follow through functions.</summary>
    private static bool SameTypes(JsonElement line, IReadOnlyList<string?> types, bool isExpression)
    {
        var type = line.GetProperty("type");
        List<string> expected = isExpression ? [type.GetString()!] : [.. type.EnumerateArray().Select(item => item.GetString()!)];
        return expected.Select(Normalized).SequenceEqual(types.Select(item => Normalized(item ?? "")));
    }

    private static string Normalized(string type) => VarcharLength().Replace(type, "varchar").Replace(" ", "", StringComparison.Ordinal);

    [GeneratedRegex(@"varchar\(\d+\)")]
    private static partial Regex VarcharLength();

    private static bool Same(JsonElement line, List<object?[]> rows, bool isExpression, string sql)
    {
        var value = line.GetProperty("value");
        if (isExpression)
        {
            return rows is [[var single]] && GoldenValue.Same(value, line.GetProperty("type").GetString()!, single);
        }

        var types = line.GetProperty("type").EnumerateArray().Select(type => type.GetString()!).ToList();
        var expected = value.EnumerateArray().ToList();
        bool SameRow(JsonElement wanted, object?[] row) => row.Length == types.Count && row.Select((cell, index) => GoldenValue.Same(wanted[index], types[index], cell)).All(same => same);
        return expected.Count == rows.Count && (sql.Contains("ORDER BY", StringComparison.Ordinal)
            ? expected.Zip(rows, SameRow).All(same => same)
            : expected.All(wanted => rows.Count(row => SameRow(wanted, row)) == expected.Count(other => other.GetRawText() == wanted.GetRawText())));
    }

    private static string Show(List<object?[]> rows) => string.Join("; ", rows.Take(5).Select(row => string.Join(", ", row.Select(cell => $"{cell ?? "NULL"} ({cell?.GetType().Name})"))));
}
