using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Projects;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>Makes a node of a generic test in a schema file: its name, its id and its one line of code, as dbt makes them.</summary>
internal sealed partial class GenericTestBuilder(ProjectDefinition project)
{
    private const int NameMax = 64;

    // In the order in which dbt writes them into the test's code.
    private static readonly string[] ConfigKeys =
    [
        "severity", "tags", "enabled", "where", "limit", "warn_if", "error_if", "fail_calc", "store_failures", "store_failures_as", "meta", "database",
        "schema", "alias",
    ];

    public NodeDraft Build(TestTarget target, object? written, string? column)
    {
        var (testName, arguments) = Extract(written, target, column);
        var match = Qualified().Match(testName);
        var (name, space) = (match.Groups["name"].Value, match.Groups["space"] is { Success: true, Value: var named } ? named : null);
        var config = TakeConfig(arguments);
        arguments.Remove("description", out var description);
        var custom = arguments.GetText("name");
        arguments.Remove("name", out _);
        var (shortName, fullName) = custom is null ? Synthesize($"{(space is null ? "" : $"{space}_")}{(target.IsSource ? "source_" : "")}{name}", target.TestName, arguments) : (custom, custom);
        arguments["model"] = $"{{{{ get_where_subquery({target.Reference}) }}}}";
        if (shortName != fullName && !config.ContainsKey("alias"))
        {
            config["alias"] = shortName;
        }

        var call = new GenericTestCall(name, space, arguments, column, target.AttachedNode, target.FileKeyName);
        return Draft(target, call, config, shortName, fullName, description as string);
    }

    private NodeDraft Draft(TestTarget target, GenericTestCall call, PyDict config, string shortName, string fullName, string? description)
    {
        var code = $"{{{{ {(call.Namespace is null ? "" : $"{call.Namespace}.")}test_{call.Name}(**_dbt_generic_test_kwargs) }}}}{ConfigCode(config)}";
        var node = new DbtNode
        {
            UniqueId = $"test.{project.Name}.{fullName}.{Hash(fullName, call)}",
            ResourceType = ResourceType.Test,
            Name = fullName,
            PackageName = project.Name,
            Path = $"{shortName}.sql",
            OriginalFilePath = target.File,
            Fqn = [project.Name, .. target.Folders, fullName],
            RawCode = code,
            Test = call,
            Description = description ?? "",
        };
        return new NodeDraft(node, config, config, code);
    }

    private static (string Name, PyDict Arguments) Extract(object? written, TestTarget target, string? column)
    {
        var (name, given) = written switch
        {
            string text => (text, new PyDict()),
            PyDict named when named.ContainsKey("test_name") => (named.GetText("test_name")!, Without(named, "test_name")),
            PyDict { Count: 1 } nested => (PyValue.Text(nested.Keys.First()), (nested.Values.First() as PyDict)?.Copy() ?? []),
            PyDict { Count: var count } => throw Refuse(target, $"test definition dictionary must have exactly one key, got {count}"),
            _ => throw Refuse(target, $"test must be dict or str, got {PyValue.Repr(written)}"),
        };
        given.Remove("arguments", out var arguments);
        var all = new PyDict([.. given, .. arguments as PyDict ?? []]);
        return (name, column is null ? all : new PyDict([.. all, new("column_name", column)]));
    }

    private static PyDict Without(PyDict values, string key) => new(values.Copy().Where(entry => entry.KeyText() != key));

    /// <summary>Takes the test's config out of its arguments; older files have it beside them.</summary>
    private static PyDict TakeConfig(PyDict arguments)
    {
        var config = new PyDict();
        foreach (var key in ConfigKeys.Where(arguments.ContainsKey))
        {
            arguments.Remove(key, out var value);
            config[key] = value;
        }

        arguments.Remove("config", out var nested);
        return new PyDict([.. config, .. nested as PyDict ?? []]);
    }

    private static string ConfigCode(PyDict config)
    {
        var settings = ConfigKeys.Where(config.ContainsKey).Select(key => $"{key}={Literal(config.Get(key))}").ToList();
        return settings.Count == 0 ? "" : $"{{{{ config({string.Join(',', settings)}) }}}}";
    }

    private static string Literal(object? value) => value is string text
        ? $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
        : PyValue.Repr(value);

    private static (string Short, string Full) Synthesize(string test, string target, PyDict arguments)
    {
        var parts = arguments.OrderBy(argument => argument.KeyText(), StringComparer.Ordinal).SelectMany(argument => Flat(argument.Value)).Select(PyValue.Text);
        var identifier = $"{test}_{target}";
        var full = $"{identifier}_{string.Join("__", parts.Select(part => NotOfName().Replace(part, "_")))}";
        return full.Length < NameMax ? (full, full) : ($"{identifier[..Math.Min(30, identifier.Length)]}_{Md5(full)}", full);
    }

    private static IEnumerable<object?> Flat(object? value) => value switch
    {
        PyDict dictionary => dictionary.Values,
        PyList list => list,
        _ => [value],
    };

    /// <summary>The last ten digits of a hash over the name and Python's text of what the test is.</summary>
    private static string Hash(string name, GenericTestCall call) => Md5(name + PyValue.Repr(new PyDict
    {
        { "kwargs", Hashable(call.Arguments) }, { "name", call.Name }, { "namespace", call.Namespace ?? "None" },
    }))[^10..];

    private static object? Hashable(object? value) => value switch
    {
        PyDict dictionary => new PyDict(dictionary.OrderBy(entry => entry.KeyText(), StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, Hashable(entry.Value)))),
        PyList list => new PyList(list.Select(Hashable)),
        _ => PyValue.Text(value),
    };

    // dbt's names are MD5 hashes; nothing is protected by them.
#pragma warning disable CA5351
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351

    private static DbtProjectException Refuse(TestTarget target, string why) =>
        DbtProjectException.Parsing($"Invalid test config given in {target.File}: {why}\n@: {target.FileKeyName}");

    [GeneratedRegex(@"\A((?<space>[a-zA-Z_]\w*)\.)?(?<name>[a-zA-Z_]\w*)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Qualified();

    [GeneratedRegex("[^0-9a-zA-Z_]+", RegexOptions.CultureInvariant)]
    private static partial Regex NotOfName();
}
