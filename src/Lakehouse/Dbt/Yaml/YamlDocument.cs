using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Yaml;

/// <summary>A YAML file as dbt reads it, by PyYAML's rules: <c>yes</c> is True, <c>1_000</c> and <c>0x1F</c> are ints.</summary>
internal sealed class YamlDocument
{
    /// <summary>null (an empty file too), bool, long, double, string, date, <see cref="PyList"/> or <see cref="PyDict"/>.</summary>
    public object? Root => throw new NotImplementedException();

    /// <summary>The file as messages call it.</summary>
    public string File => throw new NotImplementedException();

    /// <exception cref="YamlFileException">The text is no YAML; with line and column.</exception>
    public static YamlDocument Load(string text, string file) => throw new NotImplementedException();

    /// <summary>The line, from 1, on which a list or dict of this document starts; null for any other value.</summary>
    public int? LineOf(object? container) => throw new NotImplementedException();

    /// <summary>The line, from 1, of a key of a dict of this document.</summary>
    public int? LineOf(PyDict map, object? key) => throw new NotImplementedException();

    /// <summary>The line, from 1, of an item of a list of this document.</summary>
    public int? LineOf(PyList list, int index) => throw new NotImplementedException();
}
