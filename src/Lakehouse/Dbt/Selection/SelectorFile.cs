using System.Globalization;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Projects;

namespace Recoup.Lakehouse.Dbt.Selection;

/// <summary><c>selectors.yml</c>: selections by name.</summary>
internal sealed class SelectorFile
{
    private const string FileName = "selectors.yml";

    private readonly Dictionary<string, PyDict> definitions = new(StringComparer.Ordinal);

    private SelectorFile(IEnumerable<PyDict> selectors)
    {
        foreach (var selector in selectors)
        {
            definitions[selector.GetText("name") ?? throw Refuse("a selector has no name")] = selector;
        }
    }

    /// <summary>The selector that is used when nothing is selected.</summary>
    public Selection? Default => definitions.Values.FirstOrDefault(selector => selector.GetFlag("default")) is { } standard ? Get(standard.GetText("name")!) : null;

    public static SelectorFile Read(ProjectDefinition project)
    {
        var file = Path.Combine(project.Root, FileName);
        return new SelectorFile(File.Exists(file) && YamlFile.Read(file, FileName).Root is PyDict root ? root.GetItems("selectors").OfType<PyDict>() : []);
    }

    public Selection Get(string name) => definitions.TryGetValue(name, out var selector)
        ? Definition(selector.Get("definition"))
        : throw new SelectionException($"Could not find selector named {name}, expected one of [{string.Join(", ", definitions.Keys.Select(key => $"'{key}'"))}]");

    private Selection Definition(object? definition) => definition switch
    {
        string text => Selection.Union([text]),
        PyDict { Count: 1 } set when set.ContainsKey("union") => Set(set.GetItems("union"), parts => new Selection.AnyOf(parts)),
        PyDict { Count: 1 } set when set.ContainsKey("intersection") => Set(set.GetItems("intersection"), parts => new Selection.AllOf(parts)),
        PyDict method when method.ContainsKey("method") => Method(method),
        PyDict { Count: 1 } shortcut => new Selection.Single(Criterion(shortcut.First().KeyText(), PyValue.Text(shortcut.First().Value), [])),
        _ => throw Refuse($"a definition is a text, a method, a union or an intersection, got {PyValue.Repr(definition)}"),
    };

    /// <summary>One part of a set may be an exclusion, which is taken from what the others select.</summary>
    private Selection Set(IEnumerable<object?> parts, Func<IReadOnlyList<Selection>, Selection> combine)
    {
        var items = parts.ToList();
        var excluded = items.OfType<PyDict>().Where(item => item is { Count: 1 } && item.ContainsKey("exclude")).ToList();
        var included = combine([.. items.Where(item => item is not PyDict dictionary || !excluded.Contains(dictionary)).Select(Definition)]);
        return excluded.Count == 0 ? included : new Selection.Difference(included, Excluded(excluded.SelectMany(item => item.GetItems("exclude"))));
    }

    private Selection.AnyOf Excluded(IEnumerable<object?> parts) => new([.. parts.Select(Definition)]);

    private Selection Method(PyDict method)
    {
        var (name, value) = (method.GetText("method")!, method.GetText("value") ?? throw Refuse("a method has no value"));
        var selected = name == "selector" ? Get(value) : new Selection.Single(Criterion(name, value, method));
        return method.ContainsKey("exclude") ? new Selection.Difference(selected, Excluded(method.GetItems("exclude"))) : selected;
    }

    private static SelectionCriterion Criterion(string method, string value, PyDict options)
    {
        var parts = method.Split('.');
        return new SelectionCriterion(
            parts[0], parts[1..], value, options.GetFlag("parents"), Depth(options.GetText("parents_depth")), options.GetFlag("children"),
            Depth(options.GetText("children_depth")), options.GetFlag("childrens_parents"));
    }

    private static int? Depth(string? text) => text is null ? null : int.Parse(text, CultureInfo.InvariantCulture);

    private static SelectionException Refuse(string why) => new($"Could not read selectors.yml: {why}");
}
