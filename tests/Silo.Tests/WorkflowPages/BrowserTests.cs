namespace Recoup.Silo.Tests.WorkflowPages;

/// <summary>The pages in a real browser: its style is applied, what comes from outside is shown and never run.</summary>
[TestClass]
public sealed class BrowserTests
{
    /// <summary>Where it ran, the document would have the attribute <c>data-ran</c>.</summary>
    private const string Script = "<script>document.documentElement.dataset.ran = 'yes'</script><img src=x onerror=\"document.documentElement.dataset.ran = 'yes'\">";
    private static readonly byte[] PngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G'];

    [TestMethod]
    public async Task Open_PagesWithInjectedScript_ShowItAndRunNothing()
    {
        if (Browser.Find() is not { } browser)
        {
            Assert.Inconclusive("No chromium is on the path; apt-get install chromium brings one.");
            return;
        }

        await using var server = await WorkflowServer.StartAsync();
        await server.StartIdleAsync(Script, input: Script);
        foreach (var path in new[] { "/workflows", "/workflows/" + Uri.EscapeDataString(Script).Replace("%2F", "/", StringComparison.Ordinal) })
        {
            var (document, log) = await Browser.RunAsync(browser, "--dump-dom", server.Address(path).AbsoluteUri);
            StringAssert.Contains(document, "&lt;script&gt;document.documentElement.dataset.ran");
            Assert.DoesNotContain("data-ran", document);
            Assert.DoesNotContain("Content Security Policy", log, "The browser must have nothing to refuse: the style is ours, and there is no more.");
        }

        await AssertDrawsAsync(browser, server.Address("/workflows"));
    }

    private static async Task AssertDrawsAsync(string browser, Uri page)
    {
        var picture = Path.Combine(Path.GetTempPath(), $"recoup-page-{Guid.NewGuid():N}.png");
        try
        {
            var (_, log) = await Browser.RunAsync(browser, "--window-size=1280,900", $"--screenshot={picture}", page.AbsoluteUri);
            Assert.IsTrue(File.Exists(picture), log);
            CollectionAssert.AreEqual(PngSignature, (await File.ReadAllBytesAsync(picture))[..PngSignature.Length]);
        }
        finally
        {
            File.Delete(picture);
        }
    }
}
