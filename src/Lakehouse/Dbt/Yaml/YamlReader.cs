using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Recoup.Lakehouse.Dbt.Yaml;

/// <summary>Builds Python's values from the events of a YAML parser.</summary>
internal sealed class YamlReader(string text, string file, YamlPositions positions)
{
    private const string MergeKey = "<<";

    private readonly Parser _events = new(new StringReader(text));
    private readonly Dictionary<string, object?> _anchors = [];

    public object? Read()
    {
        _events.Consume<StreamStart>();
        if (_events.TryConsume<StreamEnd>(out _))
        {
            return null;
        }

        _events.Consume<DocumentStart>();
        var root = Value();
        _events.Consume<DocumentEnd>();
        return _events.TryConsume<StreamEnd>(out _) ? root : throw Error(_events.Current!, "expected a single document in the stream");
    }

    private object? Value() => _events.Consume<ParsingEvent>() switch
    {
        Scalar scalar => Anchored(scalar, Scalar(scalar)),
        SequenceStart start => List(start),
        MappingStart start => Dict(start),
        AnchorAlias alias => _anchors.TryGetValue(alias.Value.Value, out var value) ? value : throw Error(alias, $"found undefined alias '{alias.Value}'"),
        var other => throw Error(other, "expected a value"),
    };

    private object? Scalar(Scalar scalar) => scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific
        ? scalar.Style == ScalarStyle.Plain && !scalar.Tag.IsNonSpecific ? Resolve(scalar) : scalar.Value
        : scalar.Tag.Value switch
        {
            "tag:yaml.org,2002:str" => scalar.Value,
            var tag => throw Error(scalar, $"could not determine a constructor for the tag '{tag}'"),
        };

    private object? Resolve(Scalar scalar)
    {
        try
        {
            return YamlScalars.Resolve(scalar.Value);
        }
        catch (JinjaException failure)
        {
            throw Error(scalar, failure.Message);
        }
    }

    private PyList List(SequenceStart start)
    {
        var list = new PyList();
        Anchored(start, list);
        positions.Add(list, LineOf(start));
        while (!_events.TryConsume<SequenceEnd>(out _))
        {
            positions.Add(list, (long)list.Count, LineOf(_events.Current!));
            list.Add(Value());
        }

        return list;
    }

    private PyDict Dict(MappingStart start)
    {
        var dict = new PyDict();
        var merged = new List<PyDict>();
        Anchored(start, dict);
        positions.Add(dict, LineOf(start));
        while (!_events.TryConsume<MappingEnd>(out _))
        {
            var at = _events.Current!;
            var isMerge = at is Scalar { Style: ScalarStyle.Plain, Value: MergeKey };
            var key = Value();
            if (isMerge)
            {
                merged.AddRange(Merged(at, Value()));
                continue;
            }

            if (key is PyList or PyDict)
            {
                throw Error(at, "found unhashable key");
            }

            positions.Add(dict, key, LineOf(at));
            dict[key] = Value();
        }

        return merged.Count == 0 ? dict : WithMerged(dict, merged);
    }

    /// <summary>PyYAML puts merged entries before the dict's own, which win; of several dicts the first wins.</summary>
    private static PyDict WithMerged(PyDict dict, List<PyDict> merged)
    {
        var own = dict.ToList();
        dict.Clear();
        foreach (var (key, value) in merged.AsEnumerable().Reverse().SelectMany(source => source).Concat(own))
        {
            dict[key] = value;
        }

        return dict;
    }

    private IEnumerable<PyDict> Merged(ParsingEvent at, object? value) => value switch
    {
        PyDict dict => [dict],
        PyList list when list.All(item => item is PyDict) => list.Cast<PyDict>(),
        _ => throw Error(at, "expected a mapping or list of mappings for merging"),
    };

    private T Anchored<T>(NodeEvent node, T value)
    {
        if (!node.Anchor.IsEmpty)
        {
            _anchors[node.Anchor.Value] = value;
        }

        return value;
    }

    private static int LineOf(ParsingEvent at) => (int)at.Start.Line;

    private YamlFileException Error(ParsingEvent at, string problem) => new(file, LineOf(at), (int)at.Start.Column, problem);
}
