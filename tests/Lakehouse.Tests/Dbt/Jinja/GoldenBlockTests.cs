using System.Text.Json;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Blocks;
using Recoup.Lakehouse.Tests.FlinkSql;

namespace Recoup.Lakehouse.Tests.Dbt.Jinja;

/// <summary>Every file that real dbt cut into blocks: the same blocks here, or the same error.</summary>
[TestClass]
[TestCategory("Golden")]
public sealed class GoldenBlockTests
{
    [TestMethod]
    public void Extract_EveryGoldenFile_GivesDbtsBlocks()
    {
        var different = GoldenData.Lines("golden/dbt/jinja_blocks.jsonl")
            .Select(question => (Question: question, Expected: Expected(question), Actual: Actual(question)))
            .Where(item => item.Expected != item.Actual)
            .Select(item => $"{item.Question.GetProperty("id")}: dbt gives {item.Expected}, here {item.Actual}");
        Assert.IsEmpty(different, string.Join('\n', different));
    }

    private static string Expected(JsonElement question) => question.TryGetProperty("error", out var error)
        ? error.GetProperty("message").GetString()!
        : string.Join('|', question.GetProperty("blocks").EnumerateArray().Select(block =>
            string.Join(',', new[] { "type", "name", "contents", "full" }.Select(name => block.GetProperty(name).GetString()))));

    private static string Actual(JsonElement question)
    {
        try
        {
            var allowed = question.GetProperty("allowed").EnumerateArray().Select(kind => kind.GetString()!).ToList();
            var blocks = DbtBlocks.Extract(question.GetProperty("text").GetString()!, allowed);
            return string.Join('|', blocks.Select(block => string.Join(',', block.Type, block.Name, block.Contents, block.Full)));
        }
        catch (JinjaException failure)
        {
            return failure.Message;
        }
    }
}
