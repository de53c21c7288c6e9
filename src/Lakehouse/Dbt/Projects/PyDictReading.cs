using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt;

/// <summary>Reads configurations and YAML entries.</summary>
internal static class PyDictReading
{
    public static object? Get(this PyDict dictionary, string key) => dictionary.TryGetValue(key, out var value) ? value : null;

    /// <summary>The value's text; <see langword="null"/> where there is none.</summary>
    public static string? GetText(this PyDict dictionary, string key) => dictionary.Get(key) is { } value ? PyValue.Text(value) : null;

    public static bool GetFlag(this PyDict dictionary, string key, bool otherwise = false) => dictionary.Get(key) is { } value ? PyValue.IsTrue(value) : otherwise;

    /// <summary>A list of texts, or one text as a list of one.</summary>
    public static IReadOnlyList<string> GetStrings(this PyDict dictionary, string key) => dictionary.Get(key) switch
    {
        null => [],
        PyList list => [.. list.Select(PyValue.Text)],
        PyTuple tuple => [.. tuple.Items.Select(PyValue.Text)],
        var one => [PyValue.Text(one)],
    };

    public static PyDict GetDictionary(this PyDict dictionary, string key) => dictionary.Get(key) as PyDict ?? new PyDict();

    public static IEnumerable<object?> GetItems(this PyDict dictionary, string key) => dictionary.Get(key) as PyList ?? [];

    public static string KeyText(this KeyValuePair<object?, object?> entry) => PyValue.Text(entry.Key);

    /// <summary>A copy that shares no list or dictionary.</summary>
    public static object? DeepCopy(object? value) => value switch
    {
        PyDict dictionary => Copy(dictionary),
        PyList list => new PyList(list.Select(DeepCopy)),
        _ => value,
    };

    public static PyDict Copy(this PyDict dictionary) => new(dictionary.Select(entry => KeyValuePair.Create(entry.Key, DeepCopy(entry.Value))));
}
