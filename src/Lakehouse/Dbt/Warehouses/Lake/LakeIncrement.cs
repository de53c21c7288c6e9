using Recoup.Lakehouse.Dbt.Warehouses.DuckDb;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Scans;
using Recoup.Lakehouse.Iceberg.Schemas;

namespace Recoup.Lakehouse.Dbt.Warehouses.Lake;

/// <summary>Brings staged rows into a table by one commit: the files that hold rows to be replaced are written again with the new rows beside them.</summary>
/// <param name="Stage">The temporary table with the model's rows.</param>
/// <param name="Source">Its columns.</param>
internal sealed record LakeIncrement(LakeWriter Writer, DuckDbSession Duck, string Stage, IReadOnlyList<LakeColumn> Source, IncrementalPlan Plan)
{
    public async Task<Table> ApplyAsync(Table table, CancellationToken cancellation)
    {
        LakeColumn[] target = [.. table.Schema.Fields.Select(field => new LakeColumn(field.Name, field.Type))];
        var changes = SchemaChanges.Find([.. Source.Select(column => column.ToRelation())], [.. target.Select(column => column.ToRelation())], Plan.OnSchemaChange, ColumnText);
        var columns = Changed(target, changes);
        var rewrite = new RewriteSql(Plan, Stage, columns, Written(target));
        var replaced = await ReplacedAsync(table, rewrite, changes, target, cancellation);
        var old = replaced.Count is 0 ? null : Old(await table.Scan().ToSqlAsync(Duck.Connection, replaced, cancellation), columns, target);
        RequireOneMatchEach(rewrite, old);
        return await Writer.RewriteAsync(table, columns, [.. replaced.Select(task => task.File)], rewrite.LooksAtRows || replaced.Count > 0, Duck.Connection, rewrite.Rows(old), cancellation);
    }

    /// <summary>A column as dbt prints it.</summary>
    private static string ColumnText(RelationColumn column) =>
        $"TrinoColumn(column='{column.Name}', dtype='{column.Type}', char_size=None, numeric_precision=None, numeric_scale=None)";

    private LakeColumn[] Changed(LakeColumn[] target, SchemaChanges changes) =>
    [
        .. target.Where(column => changes.Removed.All(removed => removed.Name != column.Name))
            .Select(column => changes.Retyped.Any(retyped => retyped.Name == column.Name) ? Source.First(source => source.Name == column.Name) : column),
        .. Source.Where(column => changes.Added.Any(added => added.Name == column.Name)),
    ];

    private IReadOnlyList<string> Written(LakeColumn[] target)
    {
        if (Plan.OnSchemaChange is not OnSchemaChange.Ignore)
        {
            return [.. Source.Select(column => column.Name)];
        }

        var missing = target.FirstOrDefault(column => Source.All(source => source.Name != column.Name));
        return missing is null
            ? [.. target.Select(column => column.Name)]
            : throw new WarehouseException($"Column '{missing.Name}' cannot be resolved: the table has it and the model's query does not return it. Set on_schema_change, or build with --full-refresh.");
    }

    /// <summary>Where a type changes to one that old files cannot be read as, all rows are written again.</summary>
    private async Task<IReadOnlyList<FileTask>> ReplacedAsync(Table table, RewriteSql rewrite, SchemaChanges changes, LakeColumn[] target, CancellationToken cancellation)
    {
        var isRewritten = changes.Retyped.Any(retyped =>
            !SchemaEvolution.CanWiden(target.First(column => column.Name == retyped.Name).Type, Source.First(column => column.Name == retyped.Name).Type));
        return isRewritten ? await table.Scan().PlanAsync(cancellation)
            : rewrite.LooksAtRows ? await MatchingFiles.FindAsync(table, Duck, rewrite, cancellation) : [];
    }

    private static string Old(string rows, IReadOnlyList<LakeColumn> columns, LakeColumn[] target) =>
        $"SELECT {string.Join(", ", columns.Select(column => target.Any(other => other.Name == column.Name) ? column.Typed : column.Missing))} FROM ({rows})";

    /// <summary>As in Trino, two rows that would update one are an error: which of them should stay is not known.</summary>
    private void RequireOneMatchEach(RewriteSql rewrite, string? old)
    {
        if (old is null || Plan.Strategy is not IncrementalStrategy.Merge)
        {
            return;
        }

        var keys = string.Join(", ", Plan.UniqueKey);
        if (Duck.Query($"SELECT 1 FROM {Stage} GROUP BY {keys} HAVING count(*) > 1 LIMIT 1").Rows.Count > 0 && Duck.Query(rewrite.TwoMatches(old)).Rows.Count > 0)
        {
            throw new WarehouseException($"One MERGE target table row matched more than one source row: the model's query returns several rows for a key ({keys}).");
        }
    }
}
