using DuckDB.NET.Data;
using Recoup.Lakehouse.FlinkSql.Planning;
using Recoup.Lakehouse.FlinkSql.Running;

namespace Recoup.Lakehouse.Tests.FlinkSql;

/// <summary>One of the repository's scripts, run over records; its rows by table.</summary>
internal sealed class ScriptRun : IDisposable
{
    private readonly ScriptPlan plan;
    private readonly BatchEngine engine;

    private ScriptRun(ScriptPlan plan, BatchEngine engine)
    {
        this.plan = plan;
        this.engine = engine;
    }

    public static string Folder { get; } = Path.Combine(RepositoryRoot(), "flink");

    public static ScriptRun Of(string file, IReadOnlyList<SourceRecord> records)
    {
        var plan = ScriptPlan.Compile(file, File.ReadAllText(Path.Combine(Folder, file)));
        var engine = new BatchEngine(plan, TimeProvider.System);
        engine.Load(records);
        return new ScriptRun(plan, engine);
    }

    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows(string table)
    {
        using var command = engine.Connection.CreateCommand();
        command.CommandText = $"FROM {BatchEngine.RowsOf(plan.Inserts.ToList().FindIndex(insert => insert.Target[^1] == table))}";
        using var reader = command.ExecuteReader();
        var rows = new List<IReadOnlyDictionary<string, object?>>();
        while (reader.Read())
        {
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, index => Value(reader, index)));
        }

        return rows;
    }

    public void Dispose() => engine.Dispose();

    private static object? Value(DuckDBDataReader reader, int index)
    {
        if (reader.IsDBNull(index))
        {
            return null;
        }

        if (reader.GetDataTypeName(index) != "Blob")
        {
            return reader.GetValue(index);
        }

        using var stream = reader.GetStream(index);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Recoup.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Recoup.slnx was not found above the tests.");
        }

        return folder.FullName;
    }
}
