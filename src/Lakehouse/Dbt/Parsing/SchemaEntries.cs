using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Projects;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>The entries of all schema files, found by what they describe.</summary>
internal sealed class SchemaEntries
{
    private readonly ILookup<string, SchemaEntry> bySection;
    private readonly Dictionary<(string Section, string Name), SchemaEntry> patches = [];
    private readonly HashSet<SchemaEntry> used = [];

    public SchemaEntries(IReadOnlyList<SchemaEntry> entries)
    {
        bySection = entries.ToLookup(entry => entry.Section, StringComparer.Ordinal);
        foreach (var entry in entries.Where(entry => entry.Section is "models" or "seeds" or "analyses" or "macros" or "data_tests"))
        {
            if (!patches.TryAdd((entry.Section, entry.Name), entry))
            {
                var first = patches[(entry.Section, entry.Name)];
                throw DbtProjectException.Compilation(
                    $"dbt found two schema.yml entries for the same resource named {entry.Name}. Resources and their\nassociated columns may only be described a single time. "
                    + $"To fix this, remove the\nresource entry for {entry.Name} in one of these files:\n - {first.File} (line {first.Line})\n - {entry.File} (line {entry.Line})");
            }
        }
    }

    public IEnumerable<SchemaEntry> Of(string section) => bySection[section];

    public SchemaEntry? Patch(string section, string name)
    {
        if (patches.TryGetValue((section, name), out var entry))
        {
            used.Add(entry);
        }

        return entry;
    }

    /// <summary>Entries that describe nothing there is: dbt warns of them.</summary>
    public IEnumerable<string> Unused => patches.Values.Where(entry => !used.Contains(entry) && entry.Section is "models" or "seeds")
        .Where(entry => !used.Contains(entry))
        .Select(entry => $"Did not find matching node for patch with name '{entry.Name}' in the '{entry.Section}' section of file '{entry.File}'");

    /// <summary>An entry's tests: <c>data_tests</c>, or <c>tests</c> in older files.</summary>
    public static IEnumerable<object?> Tests(PyDict values) => values.GetItems(values.ContainsKey("data_tests") ? "data_tests" : "tests");
}
