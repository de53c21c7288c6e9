using System.Text.Json.Serialization;
using Recoup.Lakehouse.Iceberg.Schemas;

namespace Recoup.Lakehouse.Iceberg.Partitioning;

/// <summary>One partition value of each file.</summary>
/// <param name="SourceId">The column it comes from.</param>
/// <param name="FieldId">Its own id, from 1000; null in old metadata and in requests, where the table gives one.</param>
/// <param name="Name">Its name in paths and metadata tables.</param>
/// <param name="Transform">How it comes from the column.</param>
public sealed record PartitionField(
    [property: JsonRequired] int SourceId, int? FieldId, [property: JsonRequired] string Name, [property: JsonRequired] Transform Transform);

/// <summary>How the rows of a table are laid out in files. Queries need not know it: it follows from the columns.</summary>
public sealed record PartitionSpec
{
    public const int FirstFieldId = 1000;

    public static PartitionSpec Unpartitioned { get; } = new();

    public int SpecId { get; init; }

    [JsonRequired]
    public IReadOnlyList<PartitionField> Fields { get; init; } = [];

    [JsonIgnore]
    public int HighestFieldId => Fields.Select(part => part.FieldId ?? 0).Append(FirstFieldId - 1).Max();

    /// <summary>A spec over columns by name, each with its transform; the field is named as Java names it (<c>created_at_day</c>).</summary>
    public static PartitionSpec Of(Schema schema, params IEnumerable<(string Column, Transform Transform)> parts) => new()
    {
        Fields = [.. parts.Select((part, index) => new PartitionField(
            schema.Column(part.Column).Id, FirstFieldId + index, NameOf(part.Column, part.Transform), part.Transform))],
    };

    /// <summary>Gives ids to the fields that have none, as format version 1 left them out.</summary>
    public PartitionSpec WithFieldIds(int lastId = FirstFieldId - 1)
    {
        var next = Math.Max(lastId, HighestFieldId);
        return this with { Fields = [.. Fields.Select(field => field.FieldId is null ? field with { FieldId = ++next } : field)] };
    }

    /// <summary>Same layout, whatever the number of the spec.</summary>
    public bool SameFields(PartitionSpec other) => Fields.SequenceEqual(other.Fields);

    private static string NameOf(string column, Transform transform) => transform.Kind switch
    {
        TransformKind.Identity => column,
        TransformKind.Truncate => $"{column}_trunc",
        _ => $"{column}_{transform.Kind.ToString().ToLowerInvariant()}",
    };
}
