using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>One item of a list in a schema file, such as one model under <c>models</c>.</summary>
/// <param name="Section">The list's key.</param>
/// <param name="Values">The item, rendered but for descriptions and tests.</param>
/// <param name="Unrendered">The item as written.</param>
/// <param name="File">As messages name it.</param>
/// <param name="Line">Where the item starts.</param>
/// <param name="Path">The file below its folder of models.</param>
internal sealed record SchemaEntry(string Section, PyDict Values, PyDict Unrendered, string File, int? Line, string Path)
{
    public string Name => Values.GetText("name")!;

    /// <summary>The entry's <c>config</c>, with the keys that older files have beside it.</summary>
    public PyDict Config => WithBeside(Values);

    public PyDict UnrenderedConfig => WithBeside(Unrendered);

    private static PyDict WithBeside(PyDict values)
    {
        string[] beside = ["tags", "meta", "docs", "group", "access", "enabled"];
        var found = beside.Where(values.ContainsKey).Select(key => KeyValuePair.Create<object?, object?>(key, values.Get(key)));
        return values.GetDictionary("config").Over(new PyDict(found));
    }
}
