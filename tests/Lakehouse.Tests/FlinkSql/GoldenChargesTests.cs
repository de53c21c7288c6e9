using System.Globalization;
using System.Text;
using System.Text.Json;
using Recoup.Lakehouse.FlinkSql.Running;

namespace Recoup.Lakehouse.Tests.FlinkSql;

/// <summary>The records that went through real Flink into Iceberg: the same rows must come out of our own charges script.</summary>
[TestClass]
[TestCategory("Golden")]
public sealed class GoldenChargesTests
{
    [TestMethod]
    public void Charges_GoldenRecords_GiveTheRowsThatFlinkWrote()
    {
        var records = GoldenData.Lines("golden/flink/charges/records.jsonl").Select(Read).ToList();
        using var run = ScriptRun.Of("charges.sql", records);

        AssertSame(GoldenData.Lines("golden/flink/charges/expected_bronze.jsonl"), run.Rows("payment_charges"));
        AssertSame(GoldenData.Lines("golden/flink/charges/expected_quarantine.jsonl"), run.Rows("quarantine_payment_charges"));
    }

    private static void AssertSame(IEnumerable<JsonElement> expected, IReadOnlyList<IReadOnlyDictionary<string, object?>> actual)
    {
        var wrong = new List<string>();
        var rows = actual.ToDictionary(row => (row["kafka_partition"], row["kafka_offset"]));
        foreach (var wanted in expected)
        {
            var key = ((object?)wanted.GetProperty("partition").GetInt32(), (object?)wanted.GetProperty("offset").GetInt64());
            if (!rows.Remove(key, out var row))
            {
                wrong.Add($"no row for {wanted.GetRawText()}");
                continue;
            }

            foreach (var column in wanted.EnumerateObject())
            {
                if (!IsSame(column.Value, row[ColumnOf(column.Name)], wanted, column.Name))
                {
                    wrong.Add($"{key} {column.Name}: {column.Value.GetRawText()} expected, {row[ColumnOf(column.Name)] ?? "null"} found");
                }
            }
        }

        wrong.AddRange(rows.Values.Select(row => $"unexpected row {row["kafka_partition"]}/{row["kafka_offset"]}"));
        Assert.IsEmpty(wrong, string.Join('\n', wrong.Take(50)));
    }

    private static string ColumnOf(string name) => name is "partition" or "offset" ? $"kafka_{name}" : name;

    private static bool IsSame(JsonElement wanted, object? found, JsonElement row, string name) => (wanted.ValueKind, found) switch
    {
        (JsonValueKind.Null, _) => found is null,
        (JsonValueKind.Object, byte[] bytes) => wanted.GetProperty("base64").GetBytesFromBase64().AsSpan().SequenceEqual(bytes),
        (JsonValueKind.String, byte[] bytes) => Encoding.UTF8.GetString(bytes) == GoldenData.Text(row, name),
        (JsonValueKind.String, DateTime at) => Math.Abs((DateTimeOffset.Parse(wanted.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcDateTime - at).Ticks) == 0,
        (JsonValueKind.String, _) => GoldenData.Text(row, name) == found as string,
        (JsonValueKind.True or JsonValueKind.False, _) => found is bool flag && flag == wanted.GetBoolean(),
        (_, double number) => number == wanted.GetDouble(),
        _ => Convert.ToInt64(found, CultureInfo.InvariantCulture) == wanted.GetInt64(),
    };

    private static SourceRecord Read(JsonElement line)
    {
        var value = line.TryGetProperty("value_base64", out var base64) ? base64.GetBytesFromBase64()
            : GoldenData.Text(line, "value") is { } text ? Encoding.UTF8.GetBytes(text) : null;
        return new SourceRecord(line.GetProperty("partition").GetInt32(), line.GetProperty("offset").GetInt64(), DateTimeOffset.UnixEpoch, null, value);
    }
}
