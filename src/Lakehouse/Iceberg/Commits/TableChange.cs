using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Manifests;
using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Schemas;

namespace Recoup.Lakehouse.Iceberg.Commits;

/// <summary>What a transaction does to one table.</summary>
public sealed class TableChange
{
    private readonly Dictionary<string, string> properties = [];
    private readonly List<string> removedProperties = [];
    private readonly List<MetadataUpdate> updates = [];
    private readonly FileChanges files = new();
    private readonly SnapshotProducer producer;
    private readonly TimeProvider clock;
    private Func<SchemaEvolution, SchemaEvolution>? evolve;
    private (SourceOffsets From, SourceOffsets To)? offsets;
    private bool requiresSameRows;

    internal TableChange(Table table, TimeProvider clock)
    {
        Table = table;
        this.clock = clock;
        producer = new SnapshotProducer(table, files);
    }

    public TableIdentifier Identifier => Table.Identifier;

    internal Table Table { get; }

    /// <summary>Adds files; none at all still makes a snapshot, which can carry offsets.</summary>
    public TableChange Append(IEnumerable<DataFile> added)
    {
        files.IsSnapshot = true;
        files.Added.AddRange(added);
        return this;
    }

    /// <summary>Deletes whole files; the commit is refused when one of them is not there any more.</summary>
    public TableChange Delete(IEnumerable<DataFile> removed)
    {
        files.IsSnapshot = true;
        files.Removed.UnionWith(removed.Select(file => file.FilePath));
        return this;
    }

    /// <summary>Puts the files in the place of everything that is there when the commit happens.</summary>
    public TableChange Overwrite(IEnumerable<DataFile> added)
    {
        files.RemovesAll = true;
        return Append(added);
    }

    /// <summary>Puts the files in the place of what is in their partitions when the commit happens.</summary>
    public TableChange OverwritePartitions(IEnumerable<DataFile> added)
    {
        files.RemovesPartitionsOfAdded = true;
        return Append(added);
    }

    /// <summary>Puts files in the place of others that hold the same rows. It is refused when a delete has come to the old ones meanwhile.</summary>
    public TableChange Replace(IEnumerable<DataFile> removed, IEnumerable<DataFile> added)
    {
        files.IsReplacement = true;
        return Delete(removed).Append(added);
    }

    /// <summary>Records how far the log has been read; the commit is refused when the table is not at <paramref name="from"/> any more.</summary>
    public TableChange AdvanceOffsets(SourceOffsets from, SourceOffsets to)
    {
        files.IsSnapshot = true;
        offsets = (from, to);
        return this;
    }

    /// <summary>Adds a pair to the snapshot's summary.</summary>
    public TableChange Summarise(string key, string value)
    {
        files.Summary[key] = value;
        return this;
    }

    public TableChange SetProperty(string key, string value)
    {
        properties[key] = value;
        return this;
    }

    public TableChange RemoveProperty(string key)
    {
        removedProperties.Add(key);
        return this;
    }

    /// <summary>Changes the columns; the change is made anew on what the schema is when the commit happens.</summary>
    public TableChange UpdateSchema(Func<SchemaEvolution, SchemaEvolution> evolution)
    {
        evolve = evolve is { } earlier ? schema => evolution(earlier(schema)) : evolution;
        return this;
    }

    /// <summary>
    /// Refuses the commit when others have added or removed rows since the table was loaded. Rewrites that keep the rows, such as compaction, are let by.
    /// </summary>
    public TableChange RequireSameRows()
    {
        requiresSameRows = true;
        return this;
    }

    /// <summary>Any other change of the metadata.</summary>
    public TableChange Update(MetadataUpdate update)
    {
        updates.Add(update);
        return this;
    }

    internal async Task<TableCommit> PrepareAsync(Table current, CancellationToken cancellation)
    {
        var metadata = current.Metadata;
        var requirements = new List<TableRequirement> { new AssertTableUuid(Table.Metadata.TableUuid) };
        var all = new List<MetadataUpdate>();
        if (evolve is not null)
        {
            requirements.AddRange([new AssertCurrentSchemaId(metadata.CurrentSchemaId), new AssertLastAssignedFieldId(metadata.LastColumnId)]);
            all.AddRange(SchemaUpdates(metadata));
        }

        all.AddRange(updates); // They may name columns that the schema has only now.
        if (files.IsSnapshot)
        {
            var summary = WithOffsets(metadata);
            requirements.Add(new AssertRefSnapshotId(TableMetadata.MainBranch, metadata.CurrentSnapshotId));
            RequireSameRows(metadata);
            var snapshot = await producer.ProduceAsync(Shaped(current, all), summary, clock.GetUtcNow(), cancellation);
            var main = metadata.Refs.GetValueOrDefault(TableMetadata.MainBranch);
            all.Add(new AddSnapshot(snapshot));
            all.Add(new SetSnapshotRef(TableMetadata.MainBranch, "branch", snapshot.SnapshotId, main?.MinSnapshotsToKeep, main?.MaxSnapshotAgeMs, main?.MaxRefAgeMs));
        }

        if (properties.Count > 0)
        {
            all.Add(new SetProperties(properties));
        }

        if (removedProperties.Count > 0)
        {
            all.Add(new RemoveProperties(removedProperties));
        }

        return new TableCommit(Identifier, requirements, all);
    }

    /// <summary>Whether the table shows that this change was committed.</summary>
    internal bool IsIn(Table table) => files.IsSnapshot && table.Metadata.FindSnapshot(producer.SnapshotId) is not null;

    internal Task CleanUpAsync(bool isCommitted) => producer.CleanUpAsync(isCommitted);

    /// <summary>The table with its new columns and partitions, under which the snapshot is made: time travel to it must find them.</summary>
    private Table Shaped(Table current, List<MetadataUpdate> changes) =>
        changes.Count is 0 ? current : current with { Metadata = MetadataBuilder.Apply(current.Metadata, null, changes, clock.GetUtcNow()) };

    private void RequireSameRows(TableMetadata now)
    {
        var started = Table.Metadata.CurrentSnapshotId;
        var rivals = now.Ancestors(now.CurrentSnapshotId).TakeWhile(snapshot => snapshot.SnapshotId != started);
        if (requiresSameRows && rivals.Any(snapshot => snapshot.Summary.GetValueOrDefault("operation") is not "replace"))
        {
            throw IcebergException.Conflict($"Others have changed rows of {Identifier} since it was read; read it again.");
        }
    }

    private IEnumerable<MetadataUpdate> SchemaUpdates(TableMetadata metadata)
    {
        var evolved = evolve!(new SchemaEvolution(metadata.CurrentSchema, metadata.LastColumnId));
        var used = metadata.PartitionSpecs.SelectMany(spec => spec.Fields).FirstOrDefault(part => evolved.Schema.Find(part.SourceId) is null);
        return used is null
            ? [new AddSchema(evolved.Schema, evolved.LastColumnId), new SetCurrentSchema(-1)]
            : throw IcebergException.Invalid($"Column {used.SourceId} cannot be dropped: the partition field '{used.Name}' of a spec uses it, and Trino could not open the table.");
    }

    /// <summary>Every snapshot of ours says how far the log was read, also one that reads nothing: so the newest of ours always tells.</summary>
    private Dictionary<string, string> WithOffsets(TableMetadata metadata)
    {
        var now = SourceOffsets.Of(metadata);
        if (offsets is { } advance)
        {
            var moved = advance.To.Next.Keys.Where(key => now[key.Topic, key.Partition] != advance.From[key.Topic, key.Partition]).ToArray();
            if (moved.Length > 0)
            {
                throw IcebergException.Conflict($"The offsets of {Identifier} are {now} and not {advance.From} any more: somebody else has read {moved[0].Topic}/{moved[0].Partition}.");
            }

            now = now.Merge(advance.To);
            properties[SourceOffsets.Key] = now.ToString();
        }

        var summary = new Dictionary<string, string>(files.Summary);
        if (now.Next.Count > 0)
        {
            summary[SourceOffsets.Key] = now.ToString();
        }

        return summary;
    }
}
