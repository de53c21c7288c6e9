using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Projects;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>
/// A node's config: the defaults, under <c>dbt_project.yml</c> from its root to the node's folder, under the schema file's entry, under
/// <c>config()</c> in the file itself.
/// </summary>
internal sealed class ConfigResolver(ProjectDefinition project)
{
    /// <param name="patch">The schema file's <c>config</c>, rendered.</param>
    /// <param name="calls">What <c>config()</c> in the file was given.</param>
    public PyDict Resolve(string resourceType, IReadOnlyList<string> fqn, PyDict? patch, PyDict calls) =>
        Apply(ConfigDefaults.For(resourceType), project.Values, resourceType, fqn, patch, calls);

    /// <summary>The same without defaults and without rendering, as the manifest keeps it.</summary>
    public PyDict ResolveUnrendered(string resourceType, IReadOnlyList<string> fqn, PyDict? patch, PyDict calls)
    {
        var replaced = new PyDict();
        foreach (var level in Levels(project.Unrendered, resourceType, fqn).Append(patch ?? []).Append(calls))
        {
            foreach (var (key, value) in level)
            {
                replaced[key] = value;
            }
        }

        return replaced;
    }

    private static PyDict Apply(PyDict defaults, PyDict values, string resourceType, IReadOnlyList<string> fqn, PyDict? patch, PyDict calls) =>
        Levels(values, resourceType, fqn).Append(patch ?? []).Append(calls).Aggregate(defaults, (general, specific) => specific.Over(general));

    private static IEnumerable<PyDict> Levels(PyDict values, string resourceType, IReadOnlyList<string> fqn) =>
        Sections(resourceType).SelectMany(section => Search(values.GetDictionary(section), fqn)).Select(Settings);

    private static string[] Sections(string resourceType) => resourceType switch
    {
        ResourceType.Model => ["models"],
        ResourceType.Seed => ["seeds"],
        ResourceType.Test => ["tests", "data_tests"],
        ResourceType.Source => ["sources"],
        ResourceType.UnitTest => ["unit_tests"],
        ResourceType.Exposure => ["exposures"],
        _ => [],
    };

    private static IEnumerable<PyDict> Search(PyDict root, IReadOnlyList<string> fqn)
    {
        yield return root;
        foreach (var segment in fqn)
        {
            if (root.Get(segment) is not PyDict below)
            {
                yield break;
            }

            yield return root = below;
        }
    }

    /// <summary>Keys with a plus, and plain ones that cannot be folders.</summary>
    private static PyDict Settings(PyDict level) => new(level
        .Where(entry => entry.KeyText().StartsWith('+') || entry.Value is not PyDict)
        .Select(entry => KeyValuePair.Create<object?, object?>(entry.KeyText().TrimStart('+').Trim(), entry.Value)));
}
