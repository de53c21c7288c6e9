using System.Text.Json;
using Recoup.Lakehouse.FlinkSql;
using Recoup.Lakehouse.FlinkSql.Syntax;

namespace Recoup.Lakehouse.Tests.FlinkSql;

/// <summary>Every expression that was put to real Flink: its value here, or a refusal by name, and never another value.</summary>
[TestClass]
[TestCategory("Golden")]
public sealed class GoldenFunctionTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Evaluate_EveryGoldenExpression_GivesFlinksValueOrRefuses()
    {
        using var evaluator = new ExpressionEvaluator(TimeProvider.System);
        var (answered, rowsRight, refused, wrong) = (0, 0, new List<string>(), new List<string>());
        foreach (var question in GoldenData.Lines("golden/flink/functions.jsonl"))
        {
            var expression = question.GetProperty("expr").GetString()!;
            if (question.TryGetProperty("set", out var settings) && settings.ValueKind == JsonValueKind.Object && settings.EnumerateObject().Any())
            {
                refused.Add($"{expression}: a session zone other than UTC");
                continue;
            }

            var expected = question.GetProperty("rows").EnumerateArray().ToList();
            try
            {
                var rows = expected.Select(row => (IReadOnlyList<string?>)[GoldenData.Text(row, "s"), GoldenData.Text(row, "t")]).ToList();
                var values = evaluator.Evaluate(expression, ["s", "t"], rows);
                answered++;
                rowsRight += expected.Count;
                for (var index = 0; index < expected.Count; index++)
                {
                    var (text, isError) = (GoldenData.Text(expected[index], "value"), GoldenData.Text(expected[index], "error") is not null);
                    if (isError != (values[index].Error is not null) || (!isError && text != values[index].Text))
                    {
                        rowsRight--;
                        wrong.Add($"{expression} of {expected[index].GetRawText()} gave {values[index]}");
                    }
                }
            }
            catch (FlinkSqlException refusal)
            {
                refused.Add($"{expression}: {refusal.Reason}");
            }
        }

        TestContext.WriteLine($"{answered} expressions answered ({rowsRight} rows as Flink), {refused.Count} refused by name, {wrong.Count} rows otherwise.");
        refused.ForEach(TestContext.WriteLine);
        Assert.IsEmpty(wrong, string.Join('\n', wrong.Take(400)));
    }
}
