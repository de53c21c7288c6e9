using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Recoup.Lakehouse.Tests.Dbt.Dialect;

/// <summary>Compares a value of Trino's protocol with one of DuckDB's, by Trino's type.</summary>
internal static class GoldenValue
{
    public static bool Same(JsonElement expected, string type, object? actual)
    {
        if (expected.ValueKind is JsonValueKind.Null || actual is null)
        {
            return expected.ValueKind is JsonValueKind.Null && actual is null;
        }

        return actual switch
        {
            bool boolean => expected.ValueKind is JsonValueKind.True or JsonValueKind.False && expected.GetBoolean() == boolean,
            string text => type.StartsWith("varchar", StringComparison.Ordinal) || type is "json" or "unknown" ? expected.GetString() == text : false,
            DateOnly date => type == "date" && expected.GetString() == date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime time => SameTime(expected.GetString()!, type, time),
            Guid id => expected.GetString() == id.ToString(),
            Stream bytes => expected.GetString() == Convert.ToBase64String(Read(bytes)),
            IDictionary map when type.StartsWith("map", StringComparison.Ordinal) => SameMap(expected, type, map),
            IDictionary row => SameItems(expected, Parts(type), row.Values),
            IEnumerable list => SameItems(expected, Parts(type), list),
            _ => SameNumber(expected, type, actual),
        };
    }

    private static bool SameNumber(JsonElement expected, string type, object actual)
    {
        if (type.StartsWith("decimal", StringComparison.Ordinal))
        {
            // To the last digit; the scale is in the type, as DuckDB's client drops zeros of wide decimals.
            return actual is decimal or BigInteger && Trimmed(expected.GetString()!) == Trimmed(Convert.ToString(actual, CultureInfo.InvariantCulture)!);
        }

        if (type is "double" or "real")
        {
            var wanted = expected.ValueKind is JsonValueKind.String ? double.Parse(expected.GetString()!, CultureInfo.InvariantCulture) : expected.GetDouble();
            var got = Convert.ToDouble(actual, CultureInfo.InvariantCulture);
            return wanted.Equals(got) || Math.Abs(wanted - got) <= 1e-12 * Math.Abs(wanted);
        }

        return type is "bigint" or "integer" or "smallint" or "tinyint" && actual is long or int or short or sbyte && expected.GetInt64() == Convert.ToInt64(actual, CultureInfo.InvariantCulture);
    }

    /// <summary>To the microsecond; a value with a zone must be one in UTC.</summary>
    private static bool SameTime(string expected, string type, DateTime actual)
    {
        if (!type.StartsWith("timestamp", StringComparison.Ordinal) || (type.EndsWith("zone", StringComparison.Ordinal) && !expected.EndsWith(" UTC", StringComparison.Ordinal)))
        {
            return false;
        }

        var text = actual.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        return Trimmed(expected.Replace(" UTC", "", StringComparison.Ordinal)) == Trimmed(text);
    }

    private static string Trimmed(string text) => text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;

    private static bool SameItems(JsonElement expected, List<string> types, IEnumerable actual)
    {
        var items = actual.Cast<object?>().Select(item => item is DBNull ? null : item).ToList();
        return expected.ValueKind is JsonValueKind.Array && expected.GetArrayLength() == items.Count
            && expected.EnumerateArray().Select((item, index) => Same(item, types[Math.Min(index, types.Count - 1)], items[index])).All(same => same);
    }

    private static bool SameMap(JsonElement expected, string type, IDictionary actual)
    {
        var value = Parts(type)[^1];
        return expected.EnumerateObject().Count() == actual.Count && expected.EnumerateObject().All(member => actual.Keys.Cast<object>()
            .Any(key => (Convert.ToString(key, CultureInfo.InvariantCulture) == member.Name || member.Name == $"{key}.0") && Same(member.Value, value, actual[key] is DBNull ? null : actual[key])));
    }

    /// <summary>The types within array(T), map(K, V) and row(a T, ...), without the fields' names.</summary>
    private static List<string> Parts(string type)
    {
        var inner = type[(type.IndexOf('(', StringComparison.Ordinal) + 1)..^1];
        var parts = new List<string>();
        for (int depth = 0, start = 0, index = 0; index <= inner.Length; index++)
        {
            depth += index < inner.Length ? inner[index] switch { '(' => 1, ')' => -1, _ => 0 } : 0;
            if (index == inner.Length || (inner[index] == ',' && depth == 0))
            {
                parts.Add(inner[start..index].Trim());
                start = index + 1;
            }
        }

        return type.StartsWith("row", StringComparison.Ordinal) ? [.. parts.Select(part => part.Contains(' ', StringComparison.Ordinal) && !part.Contains("with time", StringComparison.Ordinal) ? part[(part.IndexOf(' ', StringComparison.Ordinal) + 1)..] : part)] : parts;
    }

    private static byte[] Read(Stream stream)
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
