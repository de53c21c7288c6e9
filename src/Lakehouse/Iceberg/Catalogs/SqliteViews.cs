namespace Recoup.Lakehouse.Iceberg.Catalogs;

/// <summary>Views in the layout of the JDBC catalog: rows beside the tables', of type <c>VIEW</c>.</summary>
internal static class SqliteViews
{
    private const string OfView = "catalog_name = $catalog AND table_namespace = $namespace AND table_name = $table AND iceberg_type = 'VIEW'";

    public static IReadOnlyList<TableIdentifier> List(CatalogDatabase database, TableNamespace space)
    {
        SqliteNamespaces.Require(database, space);
        return [.. database.Query(
                "SELECT table_name FROM iceberg_tables WHERE catalog_name = $catalog AND table_namespace = $namespace AND iceberg_type = 'VIEW' ORDER BY table_name",
                ("$namespace", space.ToString()))
            .Select(row => new TableIdentifier(space, row[0]!))];
    }

    public static string? Find(CatalogDatabase database, TableIdentifier identifier) =>
        database.Query($"SELECT metadata_location FROM iceberg_tables WHERE {OfView}", Key(identifier)).FirstOrDefault()?[0];

    /// <summary>Moves a view from one metadata file to the next, or makes it.</summary>
    /// <returns>Whether it was still at the first.</returns>
    public static bool Move(CatalogDatabase database, TableIdentifier identifier, string? from, string to)
    {
        if (from is not null)
        {
            return database.Run(
                $"UPDATE iceberg_tables SET metadata_location = $to, previous_metadata_location = $from WHERE {OfView} AND metadata_location = $from",
                [.. Key(identifier), ("$from", from), ("$to", to)]) is 1;
        }

        if (Find(database, identifier) is not null)
        {
            return false; // Somebody else has made it meanwhile.
        }

        SqliteTables.RequireFree(database, identifier);
        database.Run(
            "INSERT INTO iceberg_tables(catalog_name, table_namespace, table_name, metadata_location, iceberg_type) VALUES ($catalog, $namespace, $table, $location, 'VIEW')",
            [.. Key(identifier), ("$location", to)]);
        return true;
    }

    public static void Rename(CatalogDatabase database, TableIdentifier from, TableIdentifier to)
    {
        if (Find(database, from) is null)
        {
            throw NoSuchView(from);
        }

        SqliteTables.RequireFree(database, to);
        database.Run(
            $"UPDATE iceberg_tables SET table_namespace = $newNamespace, table_name = $newName WHERE {OfView}",
            [.. Key(from), ("$newNamespace", to.Namespace.ToString()), ("$newName", to.Name)]);
    }

    public static void Delete(CatalogDatabase database, TableIdentifier identifier)
    {
        if (database.Run($"DELETE FROM iceberg_tables WHERE {OfView}", Key(identifier)) is 0)
        {
            throw NoSuchView(identifier);
        }
    }

    public static IcebergException NoSuchView(TableIdentifier identifier) => new(IcebergFailure.NoSuchView, $"There is no view '{identifier}'.");

    private static (string Name, string? Value)[] Key(TableIdentifier identifier) => [("$namespace", identifier.Namespace.ToString()), ("$table", identifier.Name)];
}
