using Recoup.Lakehouse.FlinkSql.Binding;

namespace Recoup.Lakehouse.FlinkSql.Functions;

/// <summary>Every function of the shared subset with the rule that types and translates a call of it.</summary>
internal static class FunctionCatalog
{
    private static readonly Dictionary<string, string> Replacements = new(StringComparer.Ordinal)
    {
        ["LENGTH"] = "CHAR_LENGTH",
        ["LEN"] = "CHAR_LENGTH",
        ["STRPOS"] = "POSITION(part IN text)",
        ["REGEXP_LIKE"] = "REGEXP",
        ["REGEXP_MATCHES"] = "REGEXP",
        ["NVL"] = "COALESCE",
        ["ISNULL"] = "IS NULL",
        ["SAFE_CAST"] = "TRY_CAST",
        ["DATE_TRUNC"] = "FLOOR(time TO DAY)",
        ["JSON_EXTRACT"] = "JSON_VALUE",
        ["JSON_EXTRACT_STRING"] = "JSON_VALUE",
        ["GET_JSON_OBJECT"] = "JSON_VALUE",
        ["SPLIT_PART"] = "SPLIT_INDEX, which counts from 0",
    };

    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["TO_DATE"] = "Flink falls back to other formats by rules that DuckDB does not have; use CAST(text AS DATE), guarded by REGEXP",
        ["UNIX_TIMESTAMP"] = "Flink falls back to other formats by rules that DuckDB does not have; use CAST(text AS TIMESTAMP), guarded by REGEXP",
        ["CONVERT_TZ"] = "both engines run in UTC; keep TIMESTAMP_LTZ and convert where it is shown",
        ["FROM_UNIXTIME"] = "it depends on the session's zone; use TO_TIMESTAMP_LTZ(seconds, 0)",
        ["UUID"] = "it gives another value each time a batch is done again; build ids from the record",
        ["RAND"] = "it gives another value each time a batch is done again; build ids from the record",
        ["RAND_INTEGER"] = "it gives another value each time a batch is done again; build ids from the record",
        ["PARSE_JSON"] = "VARIANT is not kept by Iceberg v2; use JSON_VALUE and JSON_QUERY",
        ["TRY_PARSE_JSON"] = "VARIANT is not kept by Iceberg v2; use JSON_VALUE and JSON_QUERY",
        ["COUNT"] = Aggregate,
        ["SUM"] = Aggregate,
        ["AVG"] = Aggregate,
        ["MIN"] = Aggregate,
        ["MAX"] = Aggregate,
        ["LISTAGG"] = Aggregate,
        ["ARRAY_AGG"] = Aggregate,
    };

    private const string Aggregate = "it needs rows of other batches; aggregate in dbt, over the Iceberg table";

    private static readonly Dictionary<string, Func<CallContext, BoundExpression>> Functions = Fill();

    public static IEnumerable<string> Names => Functions.Keys;

    public static BoundExpression Bind(CallContext call)
    {
        if (Functions.TryGetValue(call.Name, out var bind))
        {
            return bind(call);
        }

        if (Refused.TryGetValue(call.Name, out var reason))
        {
            var parts = reason.Split("; ");
            throw call.Refuse($"{call.Name} is not in the shared subset: {parts[0]}", char.ToUpperInvariant(parts[1][0]) + parts[1][1..]);
        }

        throw Replacements.TryGetValue(call.Name, out var replacement)
            ? call.Refuse($"Flink has no function {call.Name}", $"Write {replacement}")
            : call.Refuse($"the function {call.Name} is not in the shared subset", "docs/FLINKSQL.md lists the functions that are");
    }

    private static Dictionary<string, Func<CallContext, BoundExpression>> Fill()
    {
        var catalog = new Dictionary<string, Func<CallContext, BoundExpression>>(StringComparer.Ordinal);
        TextFunctions.AddTo(catalog);
        TextPartFunctions.AddTo(catalog);
        RegexFunctions.AddTo(catalog);
        JsonFunctions.AddTo(catalog);
        EncodingFunctions.AddTo(catalog);
        ConditionalFunctions.AddTo(catalog);
        NumberFunctions.AddTo(catalog);
        TimeFunctions.AddTo(catalog);
        ArrayFunctions.AddTo(catalog);
        return catalog;
    }
}
