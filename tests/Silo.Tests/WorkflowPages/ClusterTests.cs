using System.Net;
using Recoup.Silo.Tests.Hosting;

namespace Recoup.Silo.Tests.WorkflowPages;

/// <summary>A silo whose workflows run elsewhere: here on another silo's server, which is a cluster to it.</summary>
[TestClass]
public sealed class ClusterTests
{
    [TestMethod]
    public async Task Get_WithACluster_PointsToTheTemporalUi()
    {
        await using var cluster = await WorkflowServer.StartAsync();
        await using var silo = await RunningSilo.StartAsync(("Temporal:Address", cluster.TemporalAddress));
        foreach (var path in new[] { "/workflows", "/workflows/some" })
        {
            using var answer = await silo.Client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.AreEqual(HttpStatusCode.NotFound, answer.StatusCode);
            var detail = (await RunningSilo.ReadAsync(answer)).GetProperty("detail").GetString();
            StringAssert.Contains(detail, "Temporal UI");
            StringAssert.Contains(detail, cluster.TemporalAddress);
        }
    }
}
