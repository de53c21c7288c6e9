using System.Xml.Linq;

namespace Recoup.Architecture.Tests;

/// <summary>Holds the direction of references that docs/ARCHITECTURE.md draws: rooms know only the rooms below them.</summary>
[TestClass]
public sealed class ProjectReferenceTests
{
    /// <summary>What each project of <c>src/</c> may reference. A project that is not listed here has not been decided on.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Grains.Interfaces"] = [],
        ["Grains"] = ["Grains.Interfaces", "Lakehouse"],
        ["Storage.Sqlite"] = [],
        ["Embedded.Temporal"] = [],
        ["Embedded.Kafka"] = [],
        ["Streaming.Kafka"] = [],
        ["Lakehouse"] = [],
        ["Silo"] = ["Grains", "Grains.Interfaces", "Storage.Sqlite", "Streaming.Kafka", "Lakehouse", "Embedded.Temporal", "Embedded.Kafka"],
        ["Client"] = ["Grains.Interfaces", "Silo"],
    };

    public static IEnumerable<object[]> Projects() =>
        Directory.GetFiles(Path.Combine(RepositoryRoot(), "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(path => new object[] { path });

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void References_OfEachProject_PointOneWay(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        Assert.IsTrue(Allowed.TryGetValue(name, out var allowed), $"{name} is not in the list of projects: decide what it may reference.");

        var references = XDocument.Load(project).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')));
        var refused = references.Except(allowed, StringComparer.Ordinal).ToArray();

        Assert.IsEmpty(refused, $"{name} must not reference {string.Join(", ", refused)}.");
    }

    /// <summary>The pipeline runs the lake's work; a payment must not know that there is a lake.</summary>
    [TestMethod]
    public void Grains_OutsideThePipeline_DoNotKnowTheLake()
    {
        var grains = Path.Combine(RepositoryRoot(), "src", "Grains");
        var pipeline = Path.Combine(grains, "Pipeline") + Path.DirectorySeparatorChar;
        var files = Directory.GetFiles(grains, "*.cs", SearchOption.AllDirectories);
        var knowing = files.Where(file => File.ReadAllText(file).Contains("Recoup.Lakehouse", StringComparison.Ordinal)).ToArray();

        Assert.IsNotEmpty(knowing, "The test looks in the wrong folder: the pipeline does know the lake.");
        Assert.IsEmpty(knowing.Where(file => !file.StartsWith(pipeline, StringComparison.Ordinal)), "Only src/Grains/Pipeline may use Recoup.Lakehouse.");
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Recoup.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Recoup.slnx was not found above the test's folder.");
    }
}
