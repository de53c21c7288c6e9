using System.Text;

namespace Recoup.Lakehouse.Tests.FlinkSql;

/// <summary>A record and what must become of it: null means bronze, else the reasons in the quarantine.</summary>
internal sealed record InputCase(string Label, byte[]? Value, string? Reasons)
{
    public static InputCase Of(string label, string value, string? reasons) => new(label, Encoding.UTF8.GetBytes(value), reasons);
}

/// <summary>One of our own events: its columns in order, each as JSON, and what kind of value each must be.</summary>
internal sealed class EventShape(string script, string table)
{
    private readonly List<(string Name, string Json)> columns = [];

    public string Script => script;

    public string Table => table;

    public List<string> RequiredTexts { get; } = [];

    public List<string> OptionalTexts { get; } = [];

    public List<string> OptionalTimes { get; } = [];

    public bool AllowsZero { get; init; }

    public EventShape Add(string name, string json)
    {
        columns.Add((name, json));
        return this;
    }

    /// <summary>The event with one column given otherwise; null leaves it out.</summary>
    public string With(string? name = null, string? json = null, string? second = null, string? secondJson = null)
    {
        var members = columns
            .Select(column => (column.Name, Json: column.Name == name ? json : column.Name == second ? secondJson : column.Json))
            .Where(column => column.Json is not null)
            .Select(column => $"\"{column.Name}\":{column.Json}");
        return $"{{{string.Join(',', members)}}}";
    }
}

/// <summary>Bad and odd records for each rule of the contract, made from an event's shape.</summary>
internal static class InputCorpus
{
    private static readonly string[] Nothings =
        ["null", "\"null\"", "\"NULL\"", "\" None \"", "\"nil\"", "\"Undefined\"", "\"N/A\"", "\"NaN\"", "\"\"", "\"   \"", "\"\\u00a0\\u2003\"", "\"'null'\"", "\"\\\"none\\\"\"", "\"\\u200b\\ufeff\""];

    private static readonly (string Json, string? Fate)[] Times =
    [
        ("\"2026-11-23T09:30:00Z\"", null),
        ("\"2026-11-23T09:30:00.123456789+05:30\"", null),
        ("\"\\u2003 2026-11-23T09:30:00-12:00 \"", null),
        ("\"0001-01-01T00:00:00Z\"", null),
        ("\"9999-12-31T23:59:59.999999Z\"", null),
        ("\"0001-01-01T00:00:00+14:00\"", "invalid"),
        ("\"9999-12-31T23:59:59-00:01\"", "invalid"),
        ("\"0000-01-01T00:00:00Z\"", "invalid"),
        ("\"10000-01-01T00:00:00Z\"", "invalid"),
        ("\"2026-06-30T23:59:60Z\"", "invalid"),
        ("\"2026-02-30T00:00:00Z\"", "invalid"),
        ("\"2026-11-23T24:00:00Z\"", "invalid"),
        ("\"2026-11-23T09:30:00\"", "invalid"),
        ("\"2026-11-23 09:30:00Z\"", "invalid"),
        ("\"2026-11-23t09:30:00z\"", "invalid"),
        ("\"2026-11-23T09:30:00+15:00\"", "invalid"),
        ("\"2026-11-23T09:30:00.1234567890Z\"", "invalid"),
        ("\"23.11.2026 09:30\"", "invalid"),
        ("1795426200", "invalid"),
        ("{\"at\":1}", "invalid"),
        ("[\"2026-11-23T09:30:00Z\"]", "invalid"),
    ];

    public static IEnumerable<InputCase> For(EventShape shape) =>
        [.. Whole(shape), .. Texts(shape), .. TimeCases(shape), .. Amounts(shape), .. Currencies(shape), .. Cards(shape), .. Several(shape)];

    private static IEnumerable<InputCase> Whole(EventShape shape)
    {
        var good = shape.With();
        yield return InputCase.Of("good", good, null);
        yield return InputCase.Of("blanks around", $" \r\n\t{good}\n", null);
        yield return InputCase.Of("unknown field", $"{{\"x\":[1,{{}}],{good[1..]}", null);
        yield return InputCase.Of("duplicate key, the last counts", $"{{\"currency\":\"XXX\",{good[1..]}", null);
        yield return InputCase.Of("duplicate key, the last is bad", $"{good[..^1]},\"currency\":\"XXX\"}}", "unsupported_currency");
        yield return new InputCase("tombstone", null, "malformed_json");
        yield return new InputCase("empty", [], "malformed_json");
        yield return new InputCase("byte-order mark", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(good)], "malformed_json");
        yield return new InputCase("UTF-16", Encoding.Unicode.GetBytes(good), "malformed_json");
        yield return new InputCase("ISO-8859-1", Encoding.Latin1.GetBytes(shape.With("provider", "\"caf\u00e9\"")), "malformed_json");
        foreach (var broken in (string[])[good[..^1], good[..(good.Length / 2)], good + "x", good + good, $"[{good}]", "\"text\"", "12", "null", "{", "not json", good.Replace(':', '=')])
        {
            yield return InputCase.Of($"malformed {broken[..Math.Min(12, broken.Length)]}...", broken, "malformed_json");
        }

        yield return InputCase.Of("unknown type", shape.With("event_type", "\"charge.exploded\""), "unknown_event_type");
        yield return InputCase.Of("type in capitals", shape.With("event_type", "\"CHARGE.FAILED\""), "unknown_event_type");
        foreach (var version in (string[])["\"x\"", "-1", "1.0", "1e3", "true", "[1]", "9999999999"])
        {
            yield return InputCase.Of($"schema_version {version}", shape.With("schema_version", version), "invalid_schema_version");
        }

        yield return InputCase.Of("schema_version with zeros", shape.With("schema_version", "\"007\""), null);
        yield return InputCase.Of("schema_version missing", shape.With("schema_version"), null);
    }

    private static IEnumerable<InputCase> Texts(EventShape shape)
    {
        foreach (var name in shape.RequiredTexts.Append("event_type"))
        {
            yield return InputCase.Of($"{name} left out", shape.With(name), $"missing_{name}");
            foreach (var nothing in Nothings)
            {
                yield return InputCase.Of($"{name} {nothing}", shape.With(name, nothing), $"missing_{name}");
            }
        }

        foreach (var name in shape.RequiredTexts.Concat(shape.OptionalTexts))
        {
            yield return InputCase.Of($"{name} object", shape.With(name, "{\"a\":1}"), $"invalid_{name}");
            yield return InputCase.Of($"{name} array", shape.With(name, "[1,2]"), $"invalid_{name}");
        }

        foreach (var name in shape.OptionalTexts)
        {
            yield return InputCase.Of($"{name} left out", shape.With(name), null);
            yield return InputCase.Of($"{name} nothing", shape.With(name, "\" n/a \""), null);
            yield return InputCase.Of($"{name} number", shape.With(name, "12"), null);
        }
    }

    private static IEnumerable<InputCase> TimeCases(EventShape shape)
    {
        foreach (var name in shape.OptionalTimes.Prepend("created_at"))
        {
            foreach (var (json, fate) in Times)
            {
                yield return InputCase.Of($"{name} {json}", shape.With(name, json), fate is null ? null : $"{fate}_{name}");
            }

            yield return InputCase.Of($"{name} left out", shape.With(name), name == "created_at" ? "missing_created_at" : null);
        }
    }

    private static IEnumerable<InputCase> Amounts(EventShape shape)
    {
        InputCase Case(string json, string? reasons) => InputCase.Of($"amount {json}", shape.With("amount_minor", json), reasons);
        foreach (var right in (string[])["1", "\"4999\"", "\" 0042 \"", "100000000", "\"\\u2003100\\u00a0\""])
        {
            yield return Case(right, null);
        }

        foreach (var wrong in (string[])["1.5", "4999.0", "1e3", "\"1,000\"", "\"1_000\"", "\"$5\"", "\"0x10\"", "\"ten\"", "true", "{\"v\":1}", "[1]", "\"\u0661\u0662\"", "\"+5\""])
        {
            yield return Case(wrong, "invalid_amount_minor");
        }

        foreach (var far in (string[])["-1", "100000001", "9223372036854775807", "99999999999999999999999999", "\"-5\""])
        {
            yield return Case(far, "amount_out_of_range");
        }

        yield return Case("0", shape.AllowsZero ? null : "amount_out_of_range");
        yield return Case("null", "missing_amount_minor");
        yield return InputCase.Of("JPY million", shape.With("amount_minor", "1000000", "currency", "\"JPY\""), null);
        yield return InputCase.Of("JPY above", shape.With("amount_minor", "1000001", "currency", "\"jpy\""), "amount_out_of_range");
    }

    private static IEnumerable<InputCase> Currencies(EventShape shape)
    {
        foreach (var right in (string[])["\"usd\"", "\" Cad \"", "\"GBP\"", "\"\\u2003eur\""])
        {
            yield return InputCase.Of($"currency {right}", shape.With("currency", right), null);
        }

        foreach (var wrong in (string[])["\"CHF\"", "\"US\"", "840", "\"\u20ac\"", "{\"code\":\"USD\"}"])
        {
            yield return InputCase.Of($"currency {wrong}", shape.With("currency", wrong), "unsupported_currency");
        }

        yield return InputCase.Of("currency none", shape.With("currency", "\"none\""), "missing_currency");
    }

    private static IEnumerable<InputCase> Cards(EventShape shape)
    {
        var text = shape.OptionalTexts[0];
        foreach (var found in (string[])["4111111111111111", "card 4111 1111 1111 1111 here", "5500-0000-0000-0004", "378282246310005"])
        {
            yield return InputCase.Of($"card {found}", shape.With(text, $"\"{found}\""), "card_number_present");
        }

        yield return InputCase.Of("card in an id", shape.With(shape.RequiredTexts[^1], "\"4111111111111111\""), "card_number_present");
        foreach (var harmless in (string[])["x4111111111111111", "1111111111111111", "4111 1111", "411111111111111"])
        {
            yield return InputCase.Of($"no card {harmless}", shape.With(text, $"\"{harmless}\""), null);
        }
    }

    private static IEnumerable<InputCase> Several(EventShape shape)
    {
        yield return InputCase.Of("two faults in the order of the columns", shape.With("event_id", "null", "currency", "\"CHF\""), "missing_event_id;unsupported_currency");
        yield return InputCase.Of("amount and currency", shape.With("amount_minor", "\"x\"", "currency", "null"), "invalid_amount_minor;missing_currency");
    }
}
