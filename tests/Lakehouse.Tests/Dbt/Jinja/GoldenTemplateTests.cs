using System.Text.Json;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Tests.FlinkSql;

namespace Recoup.Lakehouse.Tests.Dbt.Jinja;

/// <summary>Every template that was rendered by real dbt: the same output or error here, or a refusal by name, and never another output.</summary>
[TestClass]
[TestCategory("Golden")]
public sealed class GoldenTemplateTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Render_EveryGoldenTemplate_GivesDbtsOutputOrRefuses()
    {
        var (same, sameMessages, errors) = (0, 0, 0);
        List<string> refused = [], different = [];
        foreach (var question in GoldenData.Lines(GoldenTemplates.File))
        {
            var (output, failure) = GoldenTemplates.Run(question);
            var problem = Compare(question, output, failure);
            if (failure?.Kind == JinjaErrorKind.Unsupported)
            {
                refused.Add($"{Name(question)}: {failure.Message}");
            }
            else if (problem is null)
            {
                same++;
                errors += failure is null ? 0 : 1;
                sameMessages += failure is not null && failure.Message == question.GetProperty("error").GetProperty("message").GetString() ? 1 : 0;
            }
            else
            {
                different.Add($"{Name(question)}: {problem}");
            }
        }

        TestContext.WriteLine($"{same} templates as dbt ({errors} errors, {sameMessages} with its message), {refused.Count} refused by name, {different.Count} different.");
        refused.ForEach(TestContext.WriteLine);
        Assert.IsGreaterThan(0, same);
        Assert.IsEmpty(different, string.Join('\n', different));
    }

    private static string Name(JsonElement question) => $"{question.GetProperty("id")} {question.GetProperty("template").GetRawText()}";

    private static string? Compare(JsonElement question, object? output, JinjaException? failure)
    {
        if (!question.TryGetProperty("error", out var error))
        {
            var expected = question.GetProperty("output");
            return failure is not null ? $"dbt gives {expected.GetRawText()}, here {failure.Message}"
                : GoldenTemplates.Json(output) == GoldenTemplates.Json(GoldenTemplates.Value(expected)) ? null
                : $"dbt gives {expected.GetRawText()}, here {GoldenTemplates.Json(output)}";
        }

        var line = error.GetProperty("line");
        return failure is null ? $"dbt fails with {error.GetProperty("message")}, here {GoldenTemplates.Json(output)}"
            : line.ValueKind == JsonValueKind.Null || line.GetInt32() == failure.Line ? null
            : $"dbt fails in line {line}, here {failure.Line} with {failure.Message}";
    }
}
