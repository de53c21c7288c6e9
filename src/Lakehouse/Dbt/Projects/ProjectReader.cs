using System.Text.RegularExpressions;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Projects;

/// <summary>Reads <c>dbt_project.yml</c>. What it does not know is refused, as dbt does.</summary>
internal static partial class ProjectReader
{
    private const string FileName = "dbt_project.yml";

    private static readonly HashSet<string> KnownKeys = new(StringComparer.Ordinal)
    {
        "name", "version", "config-version", "profile", "model-paths", "seed-paths", "test-paths", "analysis-paths", "macro-paths", "snapshot-paths",
        "function-paths", "docs-paths", "asset-paths", "target-path", "log-path", "packages-install-path", "clean-targets", "quoting", "on-run-start",
        "on-run-end", "require-dbt-version", "restrict-access", "dbt-cloud", "dispatch", "models", "seeds", "snapshots", "tests", "data_tests",
        "unit_tests", "sources", "exposures", "metrics", "semantic-models", "saved-queries", "functions", "analyses", "vars", "flags", "query-comment", "packages",
    };

    // Hooks are templates that run later; vars are values, not templates.
    private static readonly HashSet<string> Unrendered = new(StringComparer.Ordinal) { "on-run-start", "on-run-end", "query-comment", "vars" };

    public static ProjectDefinition Read(string root, YamlRendering rendering)
    {
        var file = Path.Combine(root, FileName);
        if (!File.Exists(file))
        {
            throw DbtProjectException.Runtime($"No dbt_project.yml found at expected path {FileName}: give the project's folder.");
        }

        var unrendered = YamlFile.Read(file, FileName).Root as PyDict ?? throw Refuse("the file is empty");
        Validate(unrendered);
        var values = new PyDict(unrendered.Select(entry =>
            KeyValuePair.Create(entry.Key, Unrendered.Contains(entry.KeyText()) ? entry.Value : rendering.Render(entry.Value, IsRendered))));
        RefuseUnsupported(values);
        return new ProjectDefinition(values.GetText("name")!, root, values, unrendered);
    }

    private static bool IsRendered(string key) => key.TrimStart('+') is not ("pre-hook" or "post-hook" or "pre_hook" or "post_hook");

    private static void Validate(PyDict values)
    {
        if (values.Keys.Select(PyValue.Text).FirstOrDefault(key => !KnownKeys.Contains(key)) is { } unknown)
        {
            throw Refuse($"at path []: Additional properties are not allowed ('{unknown}' was unexpected)");
        }

        var name = values.GetText("name") ?? throw Refuse("at path []: 'name' is a required property");
        if (!ProjectName().IsMatch(name))
        {
            throw Refuse($"at path ['name']: '{name}' does not match '^[^\\d\\W]\\w*$'");
        }
    }

    private static void RefuseUnsupported(PyDict values)
    {
        if (values.GetDictionary("quoting").Count > 0)
        {
            throw DbtProjectException.Unsupported("The key 'quoting'", FileName, null, "Leave it out: every name is quoted.");
        }
    }

    private static DbtProjectException Refuse(string message) => DbtProjectException.Runtime($"{message}\n\nError encountered in {FileName}");

    [GeneratedRegex(@"\A[^\d\W]\w*\z", RegexOptions.CultureInvariant)]
    private static partial Regex ProjectName();
}
