using System.Globalization;
using System.Text;
using Recoup.Lakehouse.FlinkSql.Native;

namespace Recoup.Lakehouse.FlinkSql.Json;

/// <summary>JSON_QUERY: an object or array as JSON text, or an array's elements as texts.</summary>
internal sealed record JsonQuery(JsonPath Path, string Wrapper, JsonBehaviour OnEmpty, JsonBehaviour OnError)
{
    private static readonly JsonPath Names = new("$.keys()", IsLax: false, [new PathStep(StepKind.Keys, string.Empty, 0)]);

    private bool IsList => !Path.IsDefinite || Path.Steps is [.., { Kind: StepKind.Keys }];

    private bool IsNumber => Path.Steps is [.., { Kind: StepKind.Length }];

    public void WriteText(ReadOnlySpan<byte> json, ref Result result)
    {
        var lookup = JsonLookup.Current;
        var outcome = lookup.Find(json, Path);
        if (outcome != LookupOutcome.Found)
        {
            (outcome == LookupOutcome.Empty ? OnEmpty : OnError).Write(ref result);
            return;
        }

        var isCollection = IsList || (!IsNumber && lookup.Tree[lookup.Found[0]].Kind is JsonKind.Object or JsonKind.Array);
        var isArray = IsList || (!IsNumber && lookup.Tree[lookup.Found[0]].Kind is JsonKind.Array);
        var isWrapped = Wrapper == "UNCONDITIONAL" || (Wrapper == "CONDITIONAL" && !isArray);
        if (!isCollection && !isWrapped)
        {
            (Path.IsLax ? OnEmpty : OnError).Write(ref result);
            return;
        }

        if (!isWrapped && !IsList && !IsNumber && JsonText.TryWritePlain(json, lookup.Tree, lookup.Found[0], out var plain))
        {
            result.Bytes(plain);
            return;
        }

        var text = new StringBuilder(isWrapped ? "[" : string.Empty);
        WriteFound(json, lookup, text);
        result.Text(text.Append(isWrapped ? "]" : string.Empty).ToString());
    }

    /// <summary>The names of an object, each once; NULL for anything else.</summary>
    public static void WriteNames(in Arguments arguments, ref Result result)
    {
        var lookup = JsonLookup.Current;
        if (lookup.Find(arguments.Bytes(0), Names) == LookupOutcome.Found)
        {
            result.TextList(lookup.Keys);
        }
    }

    /// <summary>RETURNING ARRAY&lt;STRING&gt;: an object is none, and the names of .keys() are none to Flink either.</summary>
    public void WriteList(ReadOnlySpan<byte> json, ref Result result)
    {
        var lookup = JsonLookup.Current;
        if (lookup.Find(json, Path) != LookupOutcome.Found)
        {
            return;
        }

        var list = Elements;
        list.Clear();
        if (!Path.IsDefinite)
        {
            foreach (var node in lookup.Found)
            {
                JsonText.AddScalar(json, lookup.Tree, node, list);
            }

            result.TextList(list);
            return;
        }

        var isArray = Path.IsDefinite && Path.Steps is not [.., { Kind: StepKind.Keys or StepKind.Length }] && lookup.Tree[lookup.Found[0]].Kind == JsonKind.Array;
        if (isArray)
        {
            var array = lookup.Found[0];
            for (var element = array + 1; element < lookup.Tree[array].Next; element = lookup.Tree[element].Next)
            {
                JsonText.AddScalar(json, lookup.Tree, element, list);
            }

            result.TextList(list);
        }
    }

    [ThreadStatic]
    private static TextListBuilder? elements;

    private static TextListBuilder Elements => elements ??= new TextListBuilder();

    private void WriteFound(ReadOnlySpan<byte> json, JsonLookup lookup, StringBuilder target)
    {
        if (IsNumber)
        {
            target.Append(lookup.Length.ToString(CultureInfo.InvariantCulture));
        }
        else if (!IsList)
        {
            JsonText.Write(json, lookup.Tree, lookup.Found[0], target);
        }
        else
        {
            target.Append('[');
            var isKeys = Path.Steps is [.., { Kind: StepKind.Keys }];
            var count = isKeys ? lookup.Keys.Count : lookup.Found.Count;
            for (var index = 0; index < count; index++)
            {
                target.Append(index == 0 ? string.Empty : ",");
                if (isKeys)
                {
                    JsonText.WriteQuoted(Encoding.UTF8.GetString(lookup.Keys[index]), target);
                }
                else
                {
                    JsonText.Write(json, lookup.Tree, lookup.Found[index], target);
                }
            }

            target.Append(']');
        }
    }
}
