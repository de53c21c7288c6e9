using Recoup.Lakehouse.Dbt;
using Recoup.Lakehouse.Dbt.CommandLine;
using Recoup.Lakehouse.Dbt.Projects;
using Recoup.Lakehouse.Dbt.Running;
using Recoup.Lakehouse.Dbt.Warehouses;
using Recoup.Lakehouse.Dbt.Warehouses.DuckDb;

namespace Recoup.Lakehouse.Tests.Dbt;

/// <summary>A dbt project in a temporary folder, with a DuckDB file of its own.</summary>
/// <param name="openLake">The warehouse of targets of type trino; none by default.</param>
internal sealed class ProjectFolder(Func<IWarehouse>? openLake = null) : IDisposable
{
    private readonly Dictionary<string, string> environment = [];

    public string Root { get; } = Directory.CreateTempSubdirectory("dbt-").FullName;

    public void CopyFrom(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            Write(Path.GetRelativePath(folder, file), File.ReadAllText(file));
        }
    }

    public void Write(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public void Delete(string path) => File.Delete(Path.Combine(Root, path));

    public void Set(string variable, string? value)
    {
        environment.Remove(variable);
        if (value is not null)
        {
            environment[variable] = value;
        }
    }

    public string? Variable(string name) => environment.GetValueOrDefault(name);

    public async Task<DbtRunResult> RunAsync(params string[] arguments)
    {
        try
        {
            return await Runner().RunAsync(DbtArguments.Parse(arguments));
        }
        catch (DbtProjectException usage)
        {
            return new DbtRunResult(2, [], TimeSpan.Zero, usage.Message);
        }
    }

    public EmbeddedDbtRunner Runner() => new(new DbtSettings(Root, Root)
    {
        Environment = name => environment.GetValueOrDefault(name),
        OpenWarehouse = Open,
    });

    public string? ReadTarget(string path) => Path.Combine(Root, "target", path) is var file && File.Exists(file) ? File.ReadAllText(file) : null;

    /// <summary>The DuckDB file that <c>profiles.yml</c> names.</summary>
    public DuckDbWarehouse Database() => new(Path.Combine(Root, "gold.duckdb"));

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private IWarehouse Open(DbtProfile profile) => profile.Type == "trino" && openLake is not null ? openLake() : new DuckDbWarehouse(Path.Combine(Root, profile.Values.GetText("path") ?? ":memory:"));
}
