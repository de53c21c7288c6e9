using System.Text;
using Recoup.Lakehouse.FlinkSql.Native;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Native;

/// <summary>Texts and the JSON in them.</summary>
internal static class TextFunctions
{
    private static readonly FlinkType Text = FlinkType.String;

    public static IEnumerable<ScalarKernel> All => [.. Texts, .. Json];

    private static IEnumerable<ScalarKernel> Texts =>
    [
        TextFunction("trino_trim", static text => TrinoBlanks.TrimStart(TrinoBlanks.TrimEnd(text))),
        TextFunction("trino_ltrim", TrinoBlanks.TrimStart),
        TextFunction("trino_rtrim", TrinoBlanks.TrimEnd),
        TextFunction("trino_lower", static text => TrinoCase.Map(text, Rune.ToLowerInvariant)),
        TextFunction("trino_upper", static text => TrinoCase.Map(text, Rune.ToUpperInvariant)),
        TextFunction("trino_reverse", static text => string.Concat(text.EnumerateRunes().Reverse().Select(rune => rune.ToString()))),
        new("trino_double_text", [FlinkType.Double], Text, static (in Arguments row, ref Result result) => result.Text(TrinoTexts.Text(row.Double(0)))),
    ];

    private static ScalarKernel TextFunction(string name, Func<string, string> compute) =>
        new(name, [Text], Text, (in Arguments row, ref Result result) => result.Text(compute(row.Text(0))));

    private static IEnumerable<ScalarKernel> Json =>
    [
        PathFunction("trino_json_scalar", JsonPaths.Scalar),
        PathFunction("trino_json_extract", JsonValues.Extract),
        Parse("trino_json_parse", isTry: false),
        Parse("trino_try_json_parse", isTry: true),
        new("trino_json_array_length", [Text], FlinkType.BigInt, static (in Arguments row, ref Result result) =>
        {
            if (JsonValues.ArrayLength(row.Text(0)) is { } length)
            {
                result.Int64(length);
            }
        }),
    ];

    private static ScalarKernel PathFunction(string name, Func<string, string, string?> compute) => new(name, [Text, Text], Text, (in Arguments row, ref Result result) =>
    {
        if (compute(row.Text(0), row.Text(1)) is { } value)
        {
            result.Text(value);
        }
    });

    private static ScalarKernel Parse(string name, bool isTry) => new(name, [Text], Text, (in Arguments row, ref Result result) =>
    {
        if (JsonValues.Parse(row.Text(0)) is { } value)
        {
            result.Text(value);
        }
        else
        {
            CastFunctions.Fail(isTry, "json");
        }
    });
}
