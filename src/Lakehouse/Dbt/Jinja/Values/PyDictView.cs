namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>What <c>d.keys()</c>, <c>d.values()</c> and <c>d.items()</c> answer: it follows the dict.</summary>
internal sealed record PyDictView(PyDict Dict, string Part)
{
    public string TypeName => "dict_" + Part;

    public IEnumerable<object?> Items => Part switch
    {
        "keys" => Dict.Keys,
        "values" => Dict.Values,
        _ => Dict.Select(entry => (object?)new PyTuple(entry.Key, entry.Value)),
    };
}
