using System.Globalization;
using System.Text.Json;
using Recoup.Intake;
using Recoup.Lakehouse.FlinkSql.Backfilling;

namespace Recoup.Silo.Lake.Backfill;

/// <summary>What is to be validated again: between two bounds, or the ranges that an earlier answer left.</summary>
internal sealed record BackfillRequest(string Topic, RangeBound From, RangeBound To, int? Partition, IReadOnlyList<OffsetRange>? Ranges, int RecordsMax)
{
    /// <summary>They lie in memory until they are committed.</summary>
    private const int MostRecords = 100_000;

    /// <summary>Reads the body; what is wrong is noted by field.</summary>
    public static BackfillRequest Read(JsonElement body, IEnumerable<string> topics, FieldErrors errors)
    {
        var fields = new InputFields(body, errors);
        var topic = fields.RequiredText("topic");
        if (topic.Length > 0 && !topics.Contains(topic))
        {
            errors.Add("topic", $"must be one that is validated: {string.Join(", ", topics)}");
        }

        return new BackfillRequest(
            topic,
            Bound(fields, "from"),
            Bound(fields, "to"),
            fields.TryGet("partition", out _) ? (int)Number(fields, "partition", 0, int.MaxValue) : null,
            fields.TryGet("ranges", out var ranges) ? ReadRanges(ranges, errors) : null,
            fields.TryGet("records_max", out _) ? (int)Number(fields, "records_max", 1, MostRecords) : MostRecords);
    }

    private static RangeBound Bound(InputFields fields, string field)
    {
        if (!fields.TryGet(field, out var value))
        {
            return RangeBound.Open;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var offset) && offset >= 0)
        {
            return RangeBound.At(offset);
        }

        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text && text.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return RangeBound.At(time);
        }

        fields.Errors.Add(field, "must be an offset (a number from 0 on) or a time such as 2026-11-24T09:30:00Z; without it the range is open at this end");
        return RangeBound.Open;
    }

    private static List<OffsetRange>? ReadRanges(JsonElement ranges, FieldErrors errors)
    {
        if (ranges.ValueKind != JsonValueKind.Array)
        {
            errors.Add("ranges", "must be the list 'left' of an earlier answer");
            return null;
        }

        var read = ranges.EnumerateArray().Select((range, index) => ReadRange(range, $"ranges[{index}].", errors)).ToList();
        if (read.DistinctBy(range => range.Partition).Count() < read.Count)
        {
            errors.Add("ranges", "must name each partition once");
        }

        return read;
    }

    private static OffsetRange ReadRange(JsonElement range, string prefix, FieldErrors errors)
    {
        if (range.ValueKind != JsonValueKind.Object)
        {
            errors.Add(prefix, "must be an object with partition, from and to");
            return new OffsetRange(0, 0, 0);
        }

        var fields = new InputFields(range, errors, prefix);
        return new OffsetRange((int)Number(fields, "partition", 0, int.MaxValue, prefix), Number(fields, "from", 0, long.MaxValue, prefix), Number(fields, "to", 0, long.MaxValue, prefix));
    }

    private static long Number(InputFields fields, string field, long least, long most, string prefix = "")
    {
        if (fields.TryGet(field, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least && number <= most)
        {
            return number;
        }

        fields.Errors.Add(prefix + field, $"must be a whole number from {least} to {most}");
        return 0;
    }
}
