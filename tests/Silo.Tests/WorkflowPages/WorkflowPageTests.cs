using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Recoup.Silo.Tests.WorkflowPages;

[TestClass]
public sealed partial class WorkflowPageTests
{
    private const string Script = "<script>document.documentElement.dataset.ran = 'yes'</script>";
    private static WorkflowServer server = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext _) => server = await WorkflowServer.StartAsync();

    [ClassCleanup]
    public static async Task StopAsync() => await server.DisposeAsync();

    [TestMethod]
    public async Task Show_WholeStory_TellsDecisionRetryWaitSignalAndEnd()
    {
        await server.RunStoryAsync("story", note: "the bank", news: "it opened");

        var text = WebUtility.HtmlDecode(await server.ReadAsync("/workflows/story"));

        var told = Titles().Matches(text).Select(title => title.Groups[1].Value).ToArray();
        CollectionAssert.AreEqual(new[] { "Started StoryWorkflow", "Decision 1: wait for the bank (1)", told[2], "Signal Tell", "Completed" }, told);
        StringAssert.Matches(told[2], Waited());
        StringAssert.Contains(text, "ended early by the signal Tell");
        StringAssert.Contains(text, "took 2 tries; the error before the last: SiloDown: nobody <b>home</b>");
        StringAssert.Contains(text, "<details><summary>result</summary><pre>\"told it opened\"</pre></details>");
        StringAssert.Contains(text, "  \"status\": \"recovering\",\n");
    }

    [TestMethod]
    [DataRow(Script)]
    [DataRow("\"><img src=x onerror=alert(1)>")]
    [DataRow("a/b c?d#e%2Ff&amp;ü")]
    [DataRow("x' y")]
    public async Task Show_StrangeId_IsFoundAndEncoded(string id)
    {
        await server.StartIdleAsync(id, type: Script, input: Script, failureCode: Script);

        var list = await server.ReadAsync("/workflows?query=" + Uri.EscapeDataString($"WorkflowId = \"{id.Replace("\"", "\\\"", StringComparison.Ordinal)}\""));
        var link = WebUtility.HtmlDecode(Links().Match(list).Groups[1].Value);
        var page = await server.ReadAsync(link);

        foreach (var html in new[] { list, page })
        {
            Assert.DoesNotContain("<script", html);
            Assert.DoesNotContain("<img", html);
            StringAssert.Contains(WebUtility.HtmlDecode(html), id);
            StringAssert.Contains(WebUtility.HtmlDecode(html), Script);
        }
    }

    [TestMethod]
    [DataRow("/workflows/none")]
    [DataRow("/workflows/none?run=no-run")]
    [DataRow("/workflows/%3Cscript%3E")]
    public async Task Show_Unknown_IsNotFound(string path)
    {
        var html = await server.ReadAsync(path, HttpStatusCode.NotFound);
        StringAssert.Contains(html, "There is no such workflow.");
        Assert.DoesNotContain("<script", html);
    }

    [TestMethod]
    public async Task Show_EarlierRun_IsFoundByItsId()
    {
        await server.StartIdleAsync("twice", input: "first");
        var first = (await server.Client.GetWorkflowHandle("twice").DescribeAsync()).RunId;
        await server.Client.GetWorkflowHandle("twice").TerminateAsync("enough of it");
        await server.StartIdleAsync("twice", input: "second");

        StringAssert.Contains(await server.ReadAsync($"/workflows/twice?run={first}"), "enough of it");
        Assert.DoesNotContain("enough of it", await server.ReadAsync("/workflows/twice"));
    }

    [TestMethod]
    [DataRow("/workflows", HttpStatusCode.OK)]
    [DataRow("/workflows/none", HttpStatusCode.NotFound)]
    public async Task Get_EveryPage_AllowsItsStyleAndNothingElse(string path, HttpStatusCode status)
    {
        using var answer = await server.GetAsync(path);
        Assert.AreEqual(status, answer.StatusCode);
        var html = await answer.Content.ReadAsStringAsync();
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style().Match(html).Groups[1].Value)));
        Assert.AreEqual(
            $"default-src 'none'; style-src 'sha256-{hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotContain(" style=", html);
        Assert.DoesNotContain("://", html);
    }

    [GeneratedRegex("<h3>([^\n]*)</h3>")]
    private static partial Regex Titles();

    [GeneratedRegex("^Waited [0-9.]+ m?s of 1 h, until .+$")]
    private static partial Regex Waited();

    [GeneratedRegex("<a class=\"id\" href=\"([^\"]*)\"")]
    private static partial Regex Links();

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
