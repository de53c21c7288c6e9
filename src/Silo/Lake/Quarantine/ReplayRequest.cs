using System.Text.Json;
using Recoup.Intake;

namespace Recoup.Silo.Lake.Quarantine;

/// <summary>The body of <c>POST /quarantine/replays</c>.</summary>
internal sealed record ReplayRequest(IReadOnlyList<RecordAddress> Originals, Correction Correction, bool DryRun)
{
    private const int OriginalsMax = 100;

    /// <summary>Reads the body; what is wrong is noted by field, and nothing that was sent is repeated.</summary>
    public static ReplayRequest Read(JsonElement body, FieldErrors errors)
    {
        var fields = new InputFields(body, errors);
        var originals = ReadOriginals(fields);
        var record = ReadRecord(fields, originals.Count);
        var values = ReadValues(fields);
        if (record is null && values.Count == 0)
        {
            errors.Add("set", "is required, or record: a record that is sent as it is would be refused as it was");
        }

        return new ReplayRequest(originals, new Correction(record, values), IsTrue(fields, "dry_run"));
    }

    private static List<RecordAddress> ReadOriginals(InputFields fields)
    {
        var originals = new List<RecordAddress>();
        if (!fields.TryGet("originals", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > OriginalsMax)
        {
            fields.Errors.Add("originals", $"must list 1 to {OriginalsMax} records, such as payments.charges/2/17");
            return originals;
        }

        foreach (var (index, item) in list.EnumerateArray().Index())
        {
            if (item.ValueKind == JsonValueKind.String && RecordAddress.TryParse(item.GetString(), out var address) && ValidatedTopic.Find(address.Topic) is not null)
            {
                originals.Add(address);
            }
            else
            {
                fields.Errors.Add($"originals[{index}]", $"must be topic/partition/offset, of one of {string.Join(", ", ValidatedTopic.All.Select(topic => topic.Topic))}");
            }
        }

        return [.. originals.Distinct()];
    }

    private static byte[]? ReadRecord(InputFields fields, int originals)
    {
        if (!fields.TryGet("record", out var value))
        {
            return null;
        }

        if (originals == 1 && value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out var record))
        {
            return record;
        }

        fields.Errors.Add("record", "must be the whole corrected record in base64, of one original");
        return null;
    }

    private static Dictionary<string, JsonElement> ReadValues(InputFields fields)
    {
        if (!fields.TryGet("set", out var set))
        {
            return [];
        }

        if (set.ValueKind == JsonValueKind.Object && set.EnumerateObject().All(value => value.Name.Split('.').All(name => name.Length > 0)))
        {
            return set.EnumerateObject().ToDictionary(value => value.Name, value => value.Value.Clone(), StringComparer.Ordinal);
        }

        fields.Errors.Add("set", "must be an object: a value for each field, and a dot to lead into an object (decision.method)");
        return [];
    }

    private static bool IsTrue(InputFields fields, string field)
    {
        if (fields.TryGet(field, out var value) && value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            fields.Errors.Add(field, "must be true or false");
        }

        return value.ValueKind is JsonValueKind.True;
    }
}
