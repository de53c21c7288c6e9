using Recoup.Lakehouse.Iceberg.Manifests;
using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Iceberg.Scans;

/// <summary>A filter against a table's columns: tells which manifests and files can hold a matching row. It may keep too much, never too little.</summary>
internal sealed class BoundFilter(Filter filter, TableMetadata metadata, Schema schema)
{
    public bool MayMatch(ManifestFile manifest) => MayMatch(
        filter,
        column => Of(metadata.SpecOf(manifest.SpecId), column.Id, index => Summary(manifest, metadata.SpecOf(manifest.SpecId), index)));

    public bool MayMatch(DataFile file) => MayMatch(
        filter,
        column => Of(metadata.SpecOf(file.SpecId), column.Id, index => Partition(file.Partition[index])).Append((Transform.Identity, Statistics(file, column))));

    /// <summary>The condition as SQL, over the table's columns.</summary>
    public string ToSql() => ToSql(filter);

    /// <summary>Checks the columns and values of the filter before any file is read.</summary>
    public BoundFilter Checked()
    {
        ToSql();
        return this;
    }

    private static ValueRange Partition(object? value) => new(value, value) { MayHaveNull = value is null, AllNull = value is null };

    private ValueRange Summary(ManifestFile manifest, PartitionSpec spec, int index)
    {
        if (manifest.Partitions.Count <= index)
        {
            return new ValueRange(null, null) { MayHaveNaN = true };
        }

        var summary = manifest.Partitions[index];
        var type = spec.Fields[index].Transform.ResultType(metadata.SourceType(spec.Fields[index].SourceId));
        return new ValueRange(Value(type, summary.LowerBound), Value(type, summary.UpperBound))
        {
            MayHaveNull = summary.ContainsNull,
            AllNull = summary is { ContainsNull: true, LowerBound: null, ContainsNaN: false },
            MayHaveNaN = summary.ContainsNaN is not false && IsFloating(type),
        };
    }

    private static ValueRange Statistics(DataFile file, NestedField column)
    {
        if (column.Type is not PrimitiveType type)
        {
            return new ValueRange(null, null);
        }

        var nulls = file.NullValueCounts.TryGetValue(column.Id, out var nullCount) ? nullCount : (long?)null;
        return new ValueRange(Value(type, file.LowerBounds.GetValueOrDefault(column.Id)), Value(type, file.UpperBounds.GetValueOrDefault(column.Id)))
        {
            MayHaveNull = nulls is not 0,
            AllNull = nulls is not null && file.ValueCounts.TryGetValue(column.Id, out var values) && nulls == values && values == file.RecordCount,
            MayHaveNaN = IsFloating(type) && !(file.NanValueCounts.TryGetValue(column.Id, out var nans) && nans is 0),
        };
    }

    /// <summary>A bound of NaN, which old writers left, says nothing.</summary>
    private static object? Value(PrimitiveType type, byte[]? bytes) =>
        bytes is not null && SingleValue.Read(type, bytes) is var value && !ValueOrder.IsNaN(value) ? value : null;

    private static bool IsFloating(PrimitiveType type) => type.Kind is PrimitiveKind.Float or PrimitiveKind.Double;

    private static IEnumerable<(Transform Transform, ValueRange Range)> Of(PartitionSpec spec, int columnId, Func<int, ValueRange> range) => spec.Fields
        .Select((field, index) => (field, index))
        .Where(pair => pair.field.SourceId == columnId && pair.field.Transform.Kind is not TransformKind.Void)
        .Select(pair => (pair.field.Transform, range(pair.index)));

    private bool MayMatch(Filter node, Func<NestedField, IEnumerable<(Transform Transform, ValueRange Range)>> ranges) => node switch
    {
        AndFilter both => MayMatch(both.Left, ranges) && MayMatch(both.Right, ranges),
        OrFilter either => MayMatch(either.Left, ranges) || MayMatch(either.Right, ranges),
        NullFilter nulls => ranges(schema.Column(nulls.Column)).All(known => nulls.WantsNull ? known.Range.MayHaveNull : !known.Range.AllNull),
        CompareFilter compare => MayMatch(compare, ranges),
        _ => true,
    };

    private bool MayMatch(CompareFilter compare, Func<NestedField, IEnumerable<(Transform Transform, ValueRange Range)>> ranges)
    {
        var column = schema.Column(compare.Column);
        var type = Scalar(column, compare);
        var value = ValueText.Parse(type, compare.Value);
        return ranges(column).All(known => known.Range.MayMatch(known.Transform, type, compare.Comparison, value));
    }

    private static PrimitiveType Scalar(NestedField column, CompareFilter compare) => column.Type as PrimitiveType
        ?? throw IcebergException.Invalid($"'{compare.Column}' is of type {column.Type} and cannot be compared with a value.");

    private string ToSql(Filter node) => node switch
    {
        AndFilter both => $"({ToSql(both.Left)} AND {ToSql(both.Right)})",
        OrFilter either => $"({ToSql(either.Left)} OR {ToSql(either.Right)})",
        NullFilter nulls => $"({Column(nulls.Column)} IS {(nulls.WantsNull ? "" : "NOT ")}NULL)",
        CompareFilter compare => $"({Column(compare.Column)} {Sign(compare.Comparison)} {Literal(compare)})",
        _ => "true",
    };

    private string Literal(CompareFilter compare)
    {
        var type = Scalar(schema.Column(compare.Column), compare);
        return ValueText.ToSql(type, ValueText.Parse(type, compare.Value));
    }

    private string Column(string name) => schema.Fields.Contains(schema.Column(name))
        ? SqlText.Name(schema.Column(name).Name)
        : throw IcebergException.Unsupported($"a filter on the nested field '{name}'");

    private static string Sign(Comparison comparison) => comparison switch
    {
        Comparison.Equal => "=",
        Comparison.NotEqual => "<>",
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        Comparison.Greater => ">",
        _ => ">=",
    };
}
