using Recoup.Lakehouse.Dbt.Jinja.Values;
using YamlDotNet.Core;

namespace Recoup.Lakehouse.Dbt.Yaml;

/// <summary>A YAML file as dbt reads it, by PyYAML's rules: <c>yes</c> is True, <c>1_000</c> and <c>0x1F</c> are ints.</summary>
internal sealed class YamlDocument
{
    private readonly YamlPositions _positions;

    private YamlDocument(object? root, string file, YamlPositions positions) => (Root, File, _positions) = (root, file, positions);

    /// <summary>null (an empty file too), bool, long, double, string, date, <see cref="PyList"/> or <see cref="PyDict"/>.</summary>
    public object? Root { get; }

    /// <summary>The file as messages call it.</summary>
    public string File { get; }

    /// <exception cref="YamlFileException">The text is no YAML; with line and column.</exception>
    public static YamlDocument Load(string text, string file)
    {
        try
        {
            var positions = new YamlPositions();
            return new(new YamlReader(text, file, positions).Read(), file, positions);
        }
        catch (YamlException failure)
        {
            throw new YamlFileException(file, (int)failure.Start.Line, (int)failure.Start.Column, failure.InnerException?.Message ?? failure.Message);
        }
    }

    /// <summary>The line, from 1, on which a list or dict of this document starts; null for any other value.</summary>
    public int? LineOf(object? container) => _positions.Of(container);

    /// <summary>The line, from 1, of a key of a dict of this document.</summary>
    public int? LineOf(PyDict map, object? key) => _positions.Of(map, key);

    /// <summary>The line, from 1, of an item of a list of this document.</summary>
    public int? LineOf(PyList list, int index) => _positions.Of(list, (long)index);
}
