namespace Recoup.Lakehouse.Iceberg.Catalogs;

/// <summary>
/// Namespaces in the layout of the JDBC catalog: a row for each property, and one named <c>exists</c> so that a namespace without properties is there
/// too. A namespace is also there when something is inside it.
/// </summary>
internal static class SqliteNamespaces
{
    private const string Mark = "exists";

    public static IReadOnlyList<TableNamespace> List(CatalogDatabase database, TableNamespace? parent)
    {
        if (parent is not null)
        {
            Require(database, parent);
        }

        var depth = parent?.Levels.Count ?? 0;
        return [.. All(database)
            .Where(space => space.Levels.Count > depth && (parent is null || space.Levels.Take(depth).SequenceEqual(parent.Levels, StringComparer.Ordinal)))
            .Select(space => new TableNamespace([.. space.Levels.Take(depth + 1)]))
            .Distinct()
            .OrderBy(space => space.ToString(), StringComparer.Ordinal)];
    }

    public static void Create(CatalogDatabase database, TableNamespace space, IReadOnlyDictionary<string, string> properties)
    {
        RequireName(space);
        if (Exists(database, space))
        {
            throw new IcebergException(IcebergFailure.AlreadyExists, $"The namespace '{space}' exists already.");
        }

        foreach (var (key, value) in properties.Append(new(Mark, "true")).DistinctBy(pair => pair.Key))
        {
            Set(database, space, key, value);
        }
    }

    public static IReadOnlyDictionary<string, string> Load(CatalogDatabase database, TableNamespace space)
    {
        Require(database, space);
        return database.Query(
                "SELECT property_key, property_value FROM iceberg_namespace_properties WHERE catalog_name = $catalog AND namespace = $namespace AND property_key <> 'exists'",
                ("$namespace", space.ToString()))
            .ToDictionary(row => row[0]!, row => row[1] ?? "");
    }

    public static void Update(CatalogDatabase database, TableNamespace space, IReadOnlyCollection<string> removals, IReadOnlyDictionary<string, string> updates)
    {
        Require(database, space);
        foreach (var key in removals.Where(key => key is not Mark))
        {
            database.Run(
                "DELETE FROM iceberg_namespace_properties WHERE catalog_name = $catalog AND namespace = $namespace AND property_key = $key",
                ("$namespace", space.ToString()), ("$key", key));
        }

        foreach (var (key, value) in updates)
        {
            Set(database, space, key, value);
        }
    }

    public static void Drop(CatalogDatabase database, TableNamespace space)
    {
        Require(database, space);
        if (SqliteTables.List(database, space).Count > 0)
        {
            throw new IcebergException(IcebergFailure.NamespaceNotEmpty, $"The namespace '{space}' is not empty: it holds tables.");
        }

        if (SqliteViews.List(database, space).Count > 0)
        {
            throw new IcebergException(IcebergFailure.NamespaceNotEmpty, $"The namespace '{space}' is not empty: it holds views.");
        }

        if (List(database, space).Count > 0)
        {
            throw new IcebergException(IcebergFailure.NamespaceNotEmpty, $"The namespace '{space}' is not empty: it holds namespaces.");
        }

        database.Run("DELETE FROM iceberg_namespace_properties WHERE catalog_name = $catalog AND namespace = $namespace", ("$namespace", space.ToString()));
    }

    public static void Require(CatalogDatabase database, TableNamespace space)
    {
        if (!Exists(database, space))
        {
            throw new IcebergException(IcebergFailure.NoSuchNamespace, $"There is no namespace '{space}'.");
        }
    }

    private static void Set(CatalogDatabase database, TableNamespace space, string key, string value) => database.Run(
        "INSERT OR REPLACE INTO iceberg_namespace_properties(catalog_name, namespace, property_key, property_value) VALUES ($catalog, $namespace, $key, $value)",
        ("$namespace", space.ToString()), ("$key", key), ("$value", value));

    private static bool Exists(CatalogDatabase database, TableNamespace space) => All(database)
        .Any(other => other.Levels.Count >= space.Levels.Count && other.Levels.Take(space.Levels.Count).SequenceEqual(space.Levels, StringComparer.Ordinal));

    private static IEnumerable<TableNamespace> All(CatalogDatabase database) => database
        .Query("SELECT namespace FROM iceberg_namespace_properties WHERE catalog_name = $catalog UNION SELECT table_namespace FROM iceberg_tables WHERE catalog_name = $catalog")
        .Select(row => new TableNamespace(row[0]!.Split('.')));

    /// <summary>The layout joins levels by dots, so a level with a dot in it would come back as two.</summary>
    private static void RequireName(TableNamespace space)
    {
        if (space.Levels.Count is 0 || space.Levels.Any(level => level.Length is 0 || level.Contains('.', StringComparison.Ordinal)))
        {
            throw IcebergException.Invalid($"'{space}' cannot be a namespace: it needs a level, and levels are not empty and hold no dots.");
        }
    }
}
