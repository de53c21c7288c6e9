using Recoup.Lakehouse.Dbt.Dialect;
using Recoup.Lakehouse.Dbt.Running;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Storage;

namespace Recoup.Lakehouse.Dbt;

/// <summary>What Trino and DuckDB would read differently in a dbt project.</summary>
/// <param name="Files">Compiled files that were looked at.</param>
/// <param name="Findings">Their files are those of <c>target/compiled</c>, which begin as the project's own do.</param>
/// <param name="Error">Why the project could not be compiled, with file and line; <see langword="null"/> when it was.</param>
public sealed record DbtProjectLint(int Files, IReadOnlyList<DialectFinding> Findings, string? Error)
{
    /// <summary>Models carry Jinja, so the project is compiled first, on a lake without tables and in a folder of its own that is removed again.</summary>
    /// <param name="projectFolder">The folder of <c>dbt_project.yml</c> and <c>profiles.yml</c>.</param>
    /// <param name="cancellation">Ends the compilation.</param>
    public static async Task<DbtProjectLint> CheckAsync(string projectFolder, CancellationToken cancellation = default)
    {
        var folder = Directory.CreateTempSubdirectory("recoup-lint-").FullName;
        try
        {
            var target = Path.Combine(folder, "target");
            var result = await CompileAsync(projectFolder, folder, target, cancellation);
            var compiled = Path.Combine(target, "compiled");
            return result.ExitCode == 0
                ? new DbtProjectLint(Directory.GetFiles(compiled, "*.sql", SearchOption.AllDirectories).Length, DialectLint.CheckFolder(compiled), null)
                : new DbtProjectLint(0, [], result.Error ?? string.Join(Environment.NewLine, result.Nodes.Select(node => node.Message)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<DbtRunResult> CompileAsync(string projectFolder, string folder, string target, CancellationToken cancellation)
    {
        var storage = new LocalStorage(Path.Combine(folder, "warehouse"));
        using var catalog = new SqliteCatalog(Path.Combine(folder, "lake-catalog.db"), storage, TimeProvider.System);
        var settings = new DbtSettings(projectFolder, projectFolder)
        {
            TargetFolder = target,
            OpenWarehouse = new WarehouseFactory(projectFolder, () => catalog, () => storage, TimeProvider.System).Open,
        };
        return await new EmbeddedDbtRunner(settings).RunAsync(new DbtCommand("compile"), cancellation: cancellation);
    }
}
