using Recoup.Lakehouse.Dbt.Graph;

namespace Recoup.Lakehouse.Dbt.Selection;

/// <summary>The methods of selectors: <c>tag:</c>, <c>path:</c>, <c>config.x:</c> and so on. Pure but for <c>path:</c>, which looks at nothing but names.</summary>
internal sealed class SelectorMethods(IReadOnlyDictionary<string, DbtNode> nodes, string projectRoot)
{
    public HashSet<string> Find(SelectionCriterion criterion) =>
        [.. nodes.Values.Where(Predicate(criterion)).Select(node => node.UniqueId)];

    private Func<DbtNode, bool> Predicate(SelectionCriterion criterion)
    {
        var value = criterion.Value;
        return criterion.Method switch
        {
            "fqn" => node => node.Source is null && QualifiedName.IsMatch(node, value),
            "tag" => node => node.Tags.Any(tag => Glob.IsMatch(tag, value)),
            "path" => node => PathMethod.IsMatch(node, value, projectRoot),
            "file" => node => Glob.IsMatch(Path.GetFileName(node.OriginalFilePath), value)
                || Glob.IsMatch(Path.GetFileNameWithoutExtension(node.OriginalFilePath), value),
            "package" => node => Glob.IsMatch(node.PackageName, value == "this" ? node.PackageName : value),
            "config" => node => ConfigMethod.IsMatch(node, criterion.Arguments, value),
            "group" => node => node.Group == value,
            "access" => node => node.ResourceType == ResourceType.Model && node.Access == value,
            "source" => SourceMethod(value),
            "exposure" => ExposureMethod(value),
            "resource_type" => ResourceTypeMethod(value),
            "test_name" => node => node.Test is not null && Glob.IsMatch(node.Test.Name, value),
            "test_type" => TestTypeMethod(value),
            "unit_test" => node => node.ResourceType == ResourceType.UnitTest && Glob.IsMatch(node.Name, value),
            "version" => node => VersionMethod.IsMatch(node, value),
            "wildcard" => _ => true,
            "state" => throw new SelectionException("Got a state selector method, but no comparison manifest"),
            "result" or "source_status" => throw new SelectionException($"The selector method '{criterion.Method}' needs the results of an earlier run; it is not supported here. Select by name or tag."),
            "metric" or "semantic_model" or "saved_query" or "selector" => throw new SelectionException($"The selector method '{criterion.Method}' is not supported here. Select by name or tag."),
            _ => throw new SelectionException($"'{criterion.Method}' is not a valid method name"),
        };
    }

    private static Func<DbtNode, bool> SourceMethod(string value)
    {
        var parts = value.Split('.');
        var (package, source, table) = parts.Length switch
        {
            1 => ("*", parts[0], "*"),
            2 => ("*", parts[0], parts[1]),
            3 => (parts[0], parts[1], parts[2]),
            _ => throw new SelectionException($"Invalid source selector value \"{value}\". Write source:name, source:name.table or source:package.name.table."),
        };
        return node => node.Source is not null
            && Glob.IsMatch(node.PackageName, package) && Glob.IsMatch(node.Source.SourceName, source) && Glob.IsMatch(node.Name, table);
    }

    private static Func<DbtNode, bool> ExposureMethod(string value)
    {
        var parts = value.Split('.');
        var (package, name) = parts.Length switch
        {
            1 => ("*", parts[0]),
            2 => (parts[0], parts[1]),
            _ => throw new SelectionException($"Invalid exposure selector value \"{value}\". Write exposure:name or exposure:package.name."),
        };
        return node => node.Exposure is not null && Glob.IsMatch(node.PackageName, package) && Glob.IsMatch(node.Name, name);
    }

    private static Func<DbtNode, bool> ResourceTypeMethod(string value) => ResourceType.Known.Contains(value)
        ? node => node.ResourceType == value
        : throw new SelectionException($"Invalid resource_type selector \"{value}\"");

    private static Func<DbtNode, bool> TestTypeMethod(string value) => value switch
    {
        "generic" or "schema" => node => node.Test is not null,
        "singular" or "data" when value == "singular" => node => node.ResourceType == ResourceType.Test && node.Test is null,
        "data" => node => node.ResourceType == ResourceType.Test,
        "unit" => node => node.ResourceType == ResourceType.UnitTest,
        _ => throw new SelectionException($"Invalid test type selector {value}: expected \"generic\", \"singular\", \"unit\" or \"data\""),
    };
}
