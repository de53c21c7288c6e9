using System.Net;
using System.Text.RegularExpressions;

namespace Recoup.Silo.Tests.WorkflowPages;

[TestClass]
public sealed partial class WorkflowListTests
{
    private static WorkflowServer server = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext _) => server = await WorkflowServer.StartAsync();

    [ClassCleanup]
    public static async Task StopAsync() => await server.DisposeAsync();

    [TestMethod]
    public async Task List_ByQuery_ShowsWhatItFindsWithItsAttributes()
    {
        await server.StartIdleAsync("wanted", failureCode: "expired_card");
        await server.StartIdleAsync("other");

        var html = await server.ReadAsync("/workflows?query=FailureCode%20%3D%20%27expired_card%27");

        StringAssert.Contains(html, ">wanted</a>");
        StringAssert.Contains(html, "Idle · summary of wanted".Replace("·", "&#xB7;", StringComparison.Ordinal));
        StringAssert.Contains(html, "pay of wanted");
        StringAssert.Contains(html, "expired_card");
        StringAssert.Contains(html, "still open");
        StringAssert.Contains(html, ">1 workflow<");
        StringAssert.Contains(html, "value=\"FailureCode = &#x27;expired_card&#x27;\"");
        Assert.DoesNotContain(">other</a>", html);
    }

    [TestMethod]
    public async Task List_All_LinksToTheStatusesThatThereAre()
    {
        await server.StartIdleAsync("ended");
        await server.Client.GetWorkflowHandle("ended").TerminateAsync("enough");

        var html = await server.ReadAsync("/workflows");
        StringAssert.Contains(html, "/workflows?query=ExecutionStatus%20%3D%20%27Terminated%27");
        Assert.DoesNotContain("ExecutionStatus%20%3D%20%27TimedOut%27", html);

        var terminated = await server.ReadAsync("/workflows?query=ExecutionStatus%20%3D%20%27Terminated%27");
        StringAssert.Contains(terminated, ">ended</a>");
        StringAssert.Contains(terminated, "aria-current=\"true\">terminated");
    }

    [TestMethod]
    public async Task List_ManyWorkflows_ShowsEachOnOnePage()
    {
        var expected = Enumerable.Range(0, 70).Select(number => $"many-{number}").ToArray();
        await Task.WhenAll(expected.Select(id => server.StartIdleAsync(id, type: "Many")));

        var shown = new List<string>();
        for (string? path = "/workflows?query=WorkflowType%20%3D%20%27Many%27"; path is not null;)
        {
            var html = await server.ReadAsync(path);
            StringAssert.Contains(html, "70 workflows, ");
            shown.AddRange(RowIds().Matches(html).Select(row => row.Groups[1].Value));
            path = NextPage().Match(html) is { Success: true } next ? WebUtility.HtmlDecode(next.Groups[1].Value) : null;
        }

        CollectionAssert.AreEquivalent(expected, shown);
    }

    [TestMethod]
    [DataRow("FailureCode =", "syntax error")]
    [DataRow("Nothing = 'x'", "Nothing")]
    [DataRow("WorkflowId = '1' order by StartTime", "order by")]
    [DataRow("group by ExecutionStatus", "group by")]
    public async Task List_WrongQuery_SaysWhatIsWrongAndWhatWouldBeRight(string query, string reason)
    {
        var html = await server.ReadAsync("/workflows?query=" + Uri.EscapeDataString(query), HttpStatusCode.BadRequest);
        StringAssert.Contains(Problem().Match(html).Groups[1].Value, reason);
        StringAssert.Contains(html, "RecoveryStatus in (&#x27;recovered&#x27;, &#x27;failed&#x27;)");
        StringAssert.Contains(html, $"value=\"{WebUtility.HtmlEncode(query).Replace("&#39;", "&#x27;", StringComparison.Ordinal)}\"");
    }

    [TestMethod]
    [DataRow("*")]
    [DataRow("bm8gcGFnZQ")]
    public async Task List_WrongPage_IsRefused(string page) =>
        StringAssert.Contains(await server.ReadAsync("/workflows?page=" + Uri.EscapeDataString(page), HttpStatusCode.BadRequest), "role=\"alert\"");

    [GeneratedRegex("<a class=\"id\" href=\"[^\"]*\">([^<]*)</a>")]
    private static partial Regex RowIds();

    [GeneratedRegex("<a href=\"([^\"]*)\">Next page</a>")]
    private static partial Regex NextPage();

    [GeneratedRegex("<strong>([^<]*)</strong>")]
    private static partial Regex Problem();
}
