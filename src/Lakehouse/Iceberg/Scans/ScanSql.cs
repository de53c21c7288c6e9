using DuckDB.NET.Data;
using Recoup.Lakehouse.Iceberg.Manifests;
using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Iceberg.Scans;

/// <summary>Writes the SELECT over a table's files: one branch for all files of the same columns, one for each file with deletes.</summary>
internal sealed class ScanSql(Table table, Schema schema)
{
    private readonly NameMapping? names = NameMapping.Of(table.Metadata);

    public async Task<string> SelectAsync(DuckDBConnection connection, IReadOnlyList<FileTask> tasks, CancellationToken cancellation)
    {
        if (tasks.Count is 0)
        {
            return $"SELECT {string.Join(", ", schema.Fields.Select(field => $"CAST(NULL AS {DuckType.Of(field.Type)}) AS {SqlText.Name(field.Name)}"))} WHERE false";
        }

        var paths = await LocalPathsAsync(tasks, cancellation);
        var footers = ParquetFooters.Read(connection, [.. tasks.Select(task => paths[task.File.FilePath])]);
        var branches = tasks
            .Select(task => (Task: task, Columns: Columns(task.File, footers[paths[task.File.FilePath]])))
            .GroupBy(pair => (pair.Columns, Single: pair.Task.Deletes.Count > 0 ? pair.Task.File.FilePath : null))
            .Select(group => group.Key.Single is null
                ? $"SELECT {group.Key.Columns} FROM read_parquet({SqlText.List(group.Select(pair => paths[pair.Task.File.FilePath]))}, hive_partitioning=false)"
                : WithoutDeleted(group.Single().Task, group.Key.Columns, paths));
        return string.Join(" UNION ALL ", branches);
    }

    private static string WithoutDeleted(FileTask task, string columns, Dictionary<string, string> paths) =>
        $"SELECT {columns} FROM read_parquet({SqlText.Quote(paths[task.File.FilePath])}, hive_partitioning=false, file_row_number=true) AS kept "
        + $"WHERE NOT EXISTS (SELECT 1 FROM read_parquet({SqlText.List(task.Deletes.Select(delete => paths[delete.File.FilePath]))}, hive_partitioning=false) AS deleted "
        + $"WHERE deleted.file_path = {SqlText.Quote(task.File.FilePath)} AND deleted.pos = kept.file_row_number)";

    private async Task<Dictionary<string, string>> LocalPathsAsync(IReadOnlyList<FileTask> tasks, CancellationToken cancellation)
    {
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var location in tasks.SelectMany(task => task.Deletes.Select(delete => delete.File.FilePath).Prepend(task.File.FilePath)))
        {
            if (!paths.ContainsKey(location))
            {
                paths[location] = await table.Manifests.Storage.LocalPathAsync(location, cancellation);
            }
        }

        return paths;
    }

    private string Columns(DataFile file, ParquetColumn footer)
    {
        var columns = footer.Children.Any(column => column.HasIds)
            ? footer
            : names?.Apply(footer) ?? throw IcebergException.Unsupported($"files without field ids in a table without a name mapping ({file.FilePath})");
        return new Projection(file.FilePath).Columns(schema, columns, Constants(file));
    }

    /// <summary>A column that is an identity partition may be left out of the file: its value is the partition's.</summary>
    private Dictionary<int, string> Constants(DataFile file)
    {
        var constants = new Dictionary<int, string>();
        foreach (var (field, value) in table.Metadata.SpecOf(file.SpecId).Fields.Zip(file.Partition))
        {
            if (field.Transform.Kind is TransformKind.Identity && value is not null && schema.Find(field.SourceId)?.Type is PrimitiveType type)
            {
                constants[field.SourceId] = ValueText.ToSql(type, value);
            }
        }

        return constants;
    }
}
