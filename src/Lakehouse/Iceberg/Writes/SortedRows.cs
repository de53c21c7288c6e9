using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Iceberg.Writes;

/// <summary>
/// The order that a table asks its writers to keep within files. Orders by columns themselves are kept; of an order by a transform nothing is, and the
/// files say that they are not sorted.
/// </summary>
/// <param name="OrderId">What a file says that it is sorted by; 0 is no order.</param>
/// <param name="OrderBy">The clause, with a blank before it; empty for no order.</param>
internal sealed record SortedRows(int OrderId, string OrderBy)
{
    private static readonly SortedRows Unsorted = new(0, "");

    public static SortedRows Of(TableMetadata metadata)
    {
        var order = metadata.SortOrders.First(order => order.OrderId == metadata.DefaultSortOrderId);
        return order.Fields.Count > 0 && order.Fields.All(field => field.Transform.Kind is TransformKind.Identity && metadata.CurrentSchema.Find(field.SourceId) is not null)
            ? new SortedRows(order.OrderId, $" ORDER BY {string.Join(", ", order.Fields.Select(field => Key(metadata, field)))}")
            : Unsorted;
    }

    private static string Key(TableMetadata metadata, SortField field) =>
        $"{SqlText.Name(metadata.CurrentSchema.Find(field.SourceId)!.Name)} {field.Direction} {field.NullOrder.Replace('-', ' ')}";
}
