using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Iceberg.Schemas;

namespace Recoup.Lakehouse.Iceberg.Metadata;

/// <summary>Checks a new spec against the schema and numbers its fields; the same column and transform keep the id that they had in an older spec.</summary>
internal static class PartitionSpecIds
{
    public static PartitionSpec Assign(PartitionSpec spec, TableMetadata metadata)
    {
        var next = Math.Max(metadata.LastPartitionId, spec.HighestFieldId);
        var fields = new List<PartitionField>();
        foreach (var field in spec.Fields)
        {
            field.Transform.ResultType(Source(metadata.CurrentSchema, field.SourceId));
            fields.Add(field with { FieldId = field.FieldId ?? Earlier(field, metadata) ?? ++next });
        }

        var twice = fields.GroupBy(field => field.Name).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? spec with { Fields = fields } : throw IcebergException.Invalid($"Two partition fields are named '{twice.Key}'.");
    }

    /// <summary>The column's type, or an error that says that there is no such column.</summary>
    public static IcebergType Source(Schema schema, int sourceId) =>
        schema.Find(sourceId)?.Type ?? throw IcebergException.Invalid($"There is no column with id {sourceId} to partition or sort by.");

    private static int? Earlier(PartitionField field, TableMetadata metadata) => metadata.PartitionSpecs.SelectMany(spec => spec.Fields)
        .FirstOrDefault(other => other.SourceId == field.SourceId && other.Transform == field.Transform)?.FieldId;
}
