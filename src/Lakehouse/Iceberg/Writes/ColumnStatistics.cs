using System.Collections;
using System.Globalization;
using Recoup.Lakehouse.Iceberg.Manifests;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Iceberg.Writes;

/// <summary>Turns what COPY says of each column into counts and bounds by field id. Values inside lists and maps have none, as in other writers.</summary>
internal static class ColumnStatistics
{
    public static DataFile Of(Schema schema, IDictionary statistics)
    {
        var (sizes, values, nulls, nans) = (new Dictionary<int, long>(), new Dictionary<int, long>(), new Dictionary<int, long>(), new Dictionary<int, long>());
        var (lower, upper) = (new Dictionary<int, byte[]>(), new Dictionary<int, byte[]>());
        foreach (var (field, type, path) in Scalars(schema.Fields, ""))
        {
            if (statistics[path] is not IDictionary column)
            {
                continue;
            }

            sizes[field.Id] = Number(column, "column_size_bytes");
            values[field.Id] = Number(column, "num_values");
            nulls[field.Id] = Number(column, "null_count");
            if (column["has_nan"] is "true")
            {
                continue; // How many is not said, and bounds would leave NaN out: the column has neither.
            }

            if (type.Kind is PrimitiveKind.Float or PrimitiveKind.Double)
            {
                nans[field.Id] = 0;
            }

            AddBounds(field.Id, type, column, lower, upper);
        }

        return new DataFile
        {
            FilePath = "",
            RecordCount = 0,
            FileSizeInBytes = 0,
            ColumnSizes = sizes,
            ValueCounts = values,
            NullValueCounts = nulls,
            NanValueCounts = nans,
            LowerBounds = lower,
            UpperBounds = upper,
        };
    }

    private static void AddBounds(int id, PrimitiveType type, IDictionary column, Dictionary<int, byte[]> lower, Dictionary<int, byte[]> upper)
    {
        if (column["min"] is string min && column["max"] is string max
            && ValueText.TryParse(type, min, out var least) && ValueText.TryParse(type, max, out var most))
        {
            lower[id] = SingleValue.Write(type, Bound.Lower(type, SignedZero(least, isLower: true)));
            if (Bound.Upper(type, SignedZero(most, isLower: false)) is { } raised)
            {
                upper[id] = SingleValue.Write(type, raised);
            }
        }
    }

    /// <summary>DuckDB takes 0.0 and -0.0 for one number and names either; bounds are -0.0 below and 0.0 above.</summary>
    private static object SignedZero(object value, bool isLower) => value switch
    {
        0d => isLower ? -0d : 0d,
        0f => isLower ? -0f : 0f,
        _ => value,
    };

    private static long Number(IDictionary column, string key) => long.Parse((string)column[key]!, CultureInfo.InvariantCulture);

    private static IEnumerable<(NestedField Field, PrimitiveType Type, string Path)> Scalars(IReadOnlyList<NestedField> fields, string prefix) =>
        fields.SelectMany(field => field.Type switch
        {
            PrimitiveType type => [(field, type, prefix + SqlText.Name(field.Name))],
            StructType structure => Scalars(structure.Fields, $"{prefix}{SqlText.Name(field.Name)}."),
            _ => Enumerable.Empty<(NestedField, PrimitiveType, string)>(),
        });
}
