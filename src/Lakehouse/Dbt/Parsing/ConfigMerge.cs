using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>How a more specific config goes over a more general one: lists of tags and hooks grow, dictionaries gain keys, all else is replaced.</summary>
internal static class ConfigMerge
{
    public static PyDict Over(this PyDict specific, PyDict general)
    {
        var merged = general.Copy();
        foreach (var entry in specific)
        {
            var key = Canonical(entry.KeyText());
            merged[key] = Merge(key, merged.Get(key), PyDictReading.DeepCopy(entry.Value));
        }

        return merged;
    }

    /// <summary>Python has no dash in a keyword, so <c>config()</c> says <c>pre_hook</c>.</summary>
    private static string Canonical(string key) => key switch
    {
        "pre_hook" => "pre-hook",
        "post_hook" => "post-hook",
        _ => key,
    };

    private static object? Merge(string key, object? general, object? specific) => key switch
    {
        "tags" or "pre-hook" or "post-hook" or "packages" => new PyList([.. Listed(general), .. Listed(specific)]),
        "meta" or "docs" or "quoting" or "column_types" or "persist_docs" or "contract" when specific is PyDict more => Updated(general as PyDict, more),
        "grants" when specific is PyDict more => Grants(general as PyDict, more),
        _ => specific,
    };

    private static IEnumerable<object?> Listed(object? value) => value switch
    {
        null => [],
        PyList list => list,
        PyTuple tuple => tuple.Items,
        var one => [one],
    };

    private static PyDict Updated(PyDict? general, PyDict specific) => new([.. general ?? [], .. specific]);

    /// <summary>A grant whose name starts with a plus adds to those named before.</summary>
    private static PyDict Grants(PyDict? general, PyDict specific)
    {
        var merged = general?.Copy() ?? [];
        foreach (var entry in specific)
        {
            var adds = entry.KeyText().StartsWith('+');
            var name = entry.KeyText().TrimStart('+');
            merged[name] = new PyList([.. adds ? Listed(merged.Get(name)) : [], .. Listed(entry.Value)]);
        }

        return merged;
    }
}
