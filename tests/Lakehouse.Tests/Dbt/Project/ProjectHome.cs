using Recoup.Lakehouse.Dbt;
using Recoup.Lakehouse.Dbt.Running;
using Recoup.Lakehouse.Dbt.Warehouses;
using Recoup.Lakehouse.Tests.FlinkSql;

namespace Recoup.Lakehouse.Tests.Dbt.Project;

/// <summary>The project of <c>dbt/</c>, copied to a temporary folder, over a warehouse with bronze's tables.</summary>
internal abstract class ProjectHome : IDisposable
{
    protected ProjectHome(string target)
    {
        Project.CopyFrom(Path.Combine(ScriptRun.Folder, "..", "dbt"));
        Project.Set("DBT_TARGET", target);
    }

    public ProjectFolder Project { get; } = new();

    /// <summary>Adds rows to bronze, which is never changed otherwise.</summary>
    public abstract Task AppendAsync(IEnumerable<BronzeRow> rows);

    /// <summary>The rows of every table of silver and gold as text, in order.</summary>
    public abstract Task<IReadOnlyDictionary<string, string[]>> TablesAsync();

    public Task<DbtRunResult> BuildAsync(params string[] select) => RunAsync(new DbtCommand("build") { Select = select });

    public Task<DbtRunResult> RunAsync(DbtCommand command) => Runner().RunAsync(command);

    /// <summary>Makes the tables, without the tests.</summary>
    public async Task MakeTablesAsync()
    {
        foreach (var verb in (string[])["seed", "run"])
        {
            var result = await RunAsync(new DbtCommand(verb));
            Assert.AreEqual(0, result.ExitCode, $"{result.Error}{string.Join('\n', result.Nodes.Where(node => node.Status != "success"))}");
        }
    }

    public void Dispose()
    {
        Close();
        Project.Dispose();
    }

    protected abstract IWarehouse Open();

    protected abstract void Close();

    private EmbeddedDbtRunner Runner() => new(new DbtSettings(Project.Root, Project.Root) { Environment = Project.Variable, OpenWarehouse = _ => Open() });
}
