using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Json;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Yaml;
using static Recoup.Lakehouse.Dbt.Jinja.Calls.Parameter;

namespace Recoup.Lakehouse.Dbt.Jinja.Context;

/// <summary><c>tojson</c>, <c>fromjson</c>, <c>toyaml</c> and <c>fromyaml</c>: text that cannot be read is the default, None.</summary>
internal static class ConversionFunctions
{
    public static IEnumerable<Function> All() =>
    [
        new("tojson", ["value", Optional("default"), Optional("sort_keys", false)], a => new JsonWriter(PyValue.IsTrue(a[2])).Write(a[0])),
        new("fromjson", ["string", Optional("default")], a => JsonReader.TryRead(Text(a[0], "JSON"), out var value) ? value : a[1]),
        new("toyaml", ["value", Optional("default"), Optional("sort_keys", false)], a => YamlWriter.Write(a[0], PyValue.IsTrue(a[2]))),
        new("fromyaml", ["value", Optional("default")], a => FromYaml(a[0], a[1])),
    ];

    private static string Text(object? value, string kind) => value as string
        ?? throw JinjaException.Runtime($"the {kind} object must be str, not {PyType.NameOf(value)}");

    private static object? FromYaml(object? text, object? otherwise)
    {
        if (text is not string)
        {
            return text is JinjaUndefined or null ? otherwise : throw JinjaException.Unsupported("fromyaml of other than text");
        }

        try
        {
            return YamlDocument.Load((string)text, "fromyaml").Root;
        }
        catch (YamlFileException)
        {
            return otherwise;
        }
    }
}
