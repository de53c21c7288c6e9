using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Recoup.Silo.Hosting;

namespace Recoup.Silo.Tests.Hosting;

[TestClass]
public sealed class SettingsFileTests
{
    /// <summary>The watcher would be told of every file of the lake, in the data folder below the working folder.</summary>
    [TestMethod]
    public async Task Build_SettingsFiles_AreReadAndNotWatched()
    {
        var folder = Directory.CreateTempSubdirectory("recoup-settings-");
        FileConfigurationSource[] files = [];
        await using (RecoupHost.Build(
            [],
            configuration => configuration.AddInMemoryCollection(RunningSilo.Ports(folder.FullName)),
            (WebApplicationBuilder builder) => files = [.. ((IConfigurationBuilder)builder.Configuration).Sources.OfType<FileConfigurationSource>()]))
        {
            Assert.IsNotEmpty(files, "The test looks in the wrong place: a web application reads appsettings.json.");
            Assert.IsEmpty(files.Where(file => file.ReloadOnChange).Select(file => file.Path));
        }

        folder.Delete(recursive: true);
    }
}
