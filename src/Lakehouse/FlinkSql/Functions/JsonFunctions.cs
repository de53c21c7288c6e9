using System.Globalization;
using Recoup.Lakehouse.FlinkSql.Binding;
using Recoup.Lakehouse.FlinkSql.Json;
using Recoup.Lakehouse.FlinkSql.Native;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Functions;

/// <summary>SQL's JSON functions, over Flink's reading of JSON.</summary>
internal static class JsonFunctions
{
    public static void AddTo(Dictionary<string, Func<CallContext, BoundExpression>> catalog)
    {
        catalog["JSON_VALUE"] = BindValue;
        catalog["JSON_QUERY"] = BindQuery;
        catalog["JSON_EXISTS"] = BindExists;
    }

    /// <summary>NULL is no JSON: the answer is FALSE.</summary>
    public static BoundExpression BindIsJson(BindingContext binding, BoundExpression operand, string predicate)
    {
        Func<JsonKind, bool> isKind = predicate switch
        {
            "JSON OBJECT" => kind => kind == JsonKind.Object,
            "JSON ARRAY" => kind => kind == JsonKind.Array,
            "JSON SCALAR" => kind => kind is not (JsonKind.Object or JsonKind.Array),
            _ => _ => true,
        };
        return binding.Call(
            predicate,
            FlinkType.Boolean,
            (in Arguments arguments, ref Result result) =>
            {
                var tree = JsonLookup.Current.Tree;
                result.Boolean(!arguments.IsNull(0) && tree.TryParse(arguments.Bytes(0)) && isKind(tree[0].Kind));
            },
            [operand],
            seesNull: true);
    }

    private static BoundExpression BindValue(CallContext call)
    {
        var path = Path(call);
        var json = call.Json!;
        if (json.Returning is not null && TypeResolver.Resolve(json.Returning) != FlinkType.String)
        {
            throw call.Refuse("JSON_VALUE ... RETURNING another type than STRING fails the job when the value is of another one", "Leave it away and cast the text, guarded by REGEXP");
        }

        var onEmpty = Behaviour(call, json.OnEmpty, json.EmptyDefault, "ON EMPTY");
        var onError = Behaviour(call, json.OnError, json.ErrorDefault, "ON ERROR");
        return call.Kernel(
            FlinkType.String,
            (in Arguments arguments, ref Result result) => Value(arguments.Bytes(0), path, onEmpty, onError, ref result),
            [call.Text(0)],
            $"json_value {path.Text} {onEmpty} {onError}",
            canFail: onEmpty.Fails || onError.Fails);
    }

    private static void Value(ReadOnlySpan<byte> text, JsonPath path, JsonBehaviour onEmpty, JsonBehaviour onError, ref Result result)
    {
        var lookup = JsonLookup.Current;
        var outcome = lookup.Find(text, path);
        if (outcome == LookupOutcome.Found && path.Steps is [.., { Kind: StepKind.Length }])
        {
            result.Text(lookup.Length.ToString(CultureInfo.InvariantCulture));
            return;
        }

        var isScalar = outcome == LookupOutcome.Found && path.IsDefinite && path.Steps is not [.., { Kind: StepKind.Keys }]
            && lookup.Tree[lookup.Found[0]].Kind is not (JsonKind.Object or JsonKind.Array);
        if (isScalar)
        {
            WriteScalar(text, lookup, ref result);
        }
        else
        {
            (outcome == LookupOutcome.Empty || (outcome == LookupOutcome.Found && path.IsLax) ? onEmpty : onError).Write(ref result);
        }
    }

    private static void WriteScalar(ReadOnlySpan<byte> text, JsonLookup lookup, ref Result result)
    {
        var node = lookup.Tree[lookup.Found[0]];
        if (node is { Kind: JsonKind.Text, IsEscaped: false })
        {
            result.Bytes(text.Slice(node.Start, node.Length));
        }
        else
        {
            result.Text(JsonText.Scalar(text, lookup.Tree, lookup.Found[0]));
        }
    }

    private static BoundExpression BindQuery(CallContext call)
    {
        var path = Path(call);
        var json = call.Json!;
        var returning = json.Returning is null ? FlinkType.String : TypeResolver.Resolve(json.Returning);
        var onEmpty = Behaviour(call, json.OnEmpty, json.EmptyDefault, "ON EMPTY");
        var onError = Behaviour(call, json.OnError, json.ErrorDefault, "ON ERROR");
        var query = new JsonQuery(path, json.Wrapper ?? "WITHOUT", onEmpty, onError);
        var name = $"json_query {path.Text} {query.Wrapper} {onEmpty} {onError}";
        if (returning == FlinkType.TextArray)
        {
            if (path.Steps.Count == 0 && call[0].NamesOf is { } value && onEmpty.IsNull && onError.IsNull && query.Wrapper == "WITHOUT")
            {
                // The array of names need not be written as JSON to be read again.
                return call.Kernel(returning, JsonQuery.WriteNames, [value], "json_names");
            }

            return onEmpty.IsNull && onError.IsNull && query.Wrapper == "WITHOUT"
                ? call.Kernel(returning, (in Arguments arguments, ref Result result) => query.WriteList(arguments.Bytes(0), ref result), [call.Text(0)], name)
                : throw call.Refuse("JSON_QUERY ... RETURNING ARRAY<STRING> is read without a wrapper, with NULL ON EMPTY and NULL ON ERROR only", "Leave the other clauses away");
        }

        var isNames = path is { IsLax: false, Steps: [{ Kind: StepKind.Keys }] } && onEmpty.IsNull && onError.IsNull && query.Wrapper == "WITHOUT";
        return returning == FlinkType.String
            ? call.Kernel(
                returning, (in Arguments arguments, ref Result result) => query.WriteText(arguments.Bytes(0), ref result), [call.Text(0)], name,
                canFail: onEmpty.Fails || onError.Fails) with
            { NamesOf = isNames ? call.Text(0) : null }
            : throw call.Refuse($"JSON_QUERY ... RETURNING {returning} is not in the shared subset", "Write RETURNING ARRAY<STRING>, or leave it away");
    }

    private static BoundExpression BindExists(CallContext call)
    {
        var path = Path(call);
        var onError = call.Json!.OnError ?? "FALSE";
        if (call.Json.OnEmpty is not null || onError is not ("TRUE" or "FALSE" or "UNKNOWN" or "ERROR"))
        {
            throw call.Refuse("JSON_EXISTS takes TRUE, FALSE, UNKNOWN or ERROR ON ERROR", "Write one of these");
        }

        return call.Kernel(
            FlinkType.Boolean,
            (in Arguments arguments, ref Result result) =>
            {
                var outcome = JsonLookup.Current.Find(arguments.Bytes(0), path);
                if (outcome == LookupOutcome.Error && onError == "ERROR")
                {
                    throw new FlinkValueException($"JSON_EXISTS found an error on the path {path.Text}.");
                }

                if (outcome != LookupOutcome.Error || onError != "UNKNOWN")
                {
                    result.Boolean(outcome == LookupOutcome.Error ? onError == "TRUE" : outcome == LookupOutcome.Found);
                }
            },
            [call.Text(0)],
            $"json_exists {path.Text} {onError}",
            canFail: onError == "ERROR");
    }

    private static JsonPath Path(CallContext call) => JsonPath.Parse(call.ConstantText(1, "a path"), call.At);

    private static JsonBehaviour Behaviour(CallContext call, string? name, Syntax.Expression? fallback, string when)
    {
        if (name == "DEFAULT")
        {
            return fallback is Syntax.TextLiteral text
                ? new JsonBehaviour("DEFAULT", text.Text)
                : throw call.Refuse($"{call.Name} ... DEFAULT ... {when} is read with a text", "Write DEFAULT 'text'");
        }

        return name is null or "NULL" or "ERROR" or "EMPTY ARRAY" or "EMPTY OBJECT"
            ? new JsonBehaviour(name ?? "NULL", null)
            : throw call.Refuse($"{call.Name} does not take {name} {when}", "Write NULL, ERROR or DEFAULT");
    }
}
