namespace Recoup.Lakehouse.Iceberg.Catalogs;

/// <summary>Tables in the layout of the JDBC catalog: a row names the current metadata file and the one before.</summary>
internal static class SqliteTables
{
    private const string OfTable = "catalog_name = $catalog AND table_namespace = $namespace AND table_name = $table AND (iceberg_type = 'TABLE' OR iceberg_type IS NULL)";

    public static IReadOnlyList<TableIdentifier> List(CatalogDatabase database, TableNamespace space)
    {
        SqliteNamespaces.Require(database, space);
        return [.. database.Query(
                "SELECT table_name FROM iceberg_tables WHERE catalog_name = $catalog AND table_namespace = $namespace AND (iceberg_type = 'TABLE' OR iceberg_type IS NULL) ORDER BY table_name",
                ("$namespace", space.ToString()))
            .Select(row => new TableIdentifier(space, row[0]!))];
    }

    public static string? Find(CatalogDatabase database, TableIdentifier identifier) =>
        database.Query($"SELECT metadata_location FROM iceberg_tables WHERE {OfTable}", Key(identifier)).FirstOrDefault()?[0];

    public static void RequireFree(CatalogDatabase database, TableIdentifier identifier)
    {
        SqliteNamespaces.Require(database, identifier.Namespace);
        if (identifier.Name.Length is 0)
        {
            throw IcebergException.Invalid("A table needs a name.");
        }

        // A view of this name, which another program may have put here, takes it too.
        if (database.Any("SELECT 1 FROM iceberg_tables WHERE catalog_name = $catalog AND table_namespace = $namespace AND table_name = $table", Key(identifier)))
        {
            throw new IcebergException(IcebergFailure.AlreadyExists, $"The table '{identifier}' exists already.");
        }
    }

    public static void Insert(CatalogDatabase database, TableIdentifier identifier, string location)
    {
        RequireFree(database, identifier);
        database.Run(
            "INSERT INTO iceberg_tables(catalog_name, table_namespace, table_name, metadata_location, iceberg_type) VALUES ($catalog, $namespace, $table, $location, 'TABLE')",
            [.. Key(identifier), ("$location", location)]);
    }

    /// <summary>Moves every table from its old metadata file to its new one; nothing is changed where one of them is not at the old one any more.</summary>
    /// <exception cref="IcebergException">A table that was to be made exists already.</exception>
    public static bool Move(CatalogDatabase database, IReadOnlyCollection<(TableIdentifier Identifier, string? From, string To)> moves)
    {
        foreach (var move in moves.Where(move => move.From is not null))
        {
            if (Find(database, move.Identifier) != move.From)
            {
                return false;
            }
        }

        foreach (var (identifier, from, to) in moves)
        {
            if (from is null)
            {
                Insert(database, identifier, to);
                continue;
            }

            var moved = database.Run(
                $"UPDATE iceberg_tables SET metadata_location = $to, previous_metadata_location = $from WHERE {OfTable} AND metadata_location = $from",
                [.. Key(identifier), ("$from", from), ("$to", to)]);
            if (moved is not 1)
            {
                throw IcebergException.Conflict($"'{identifier}' is changed twice in one commit.");
            }
        }

        return true;
    }

    public static void Rename(CatalogDatabase database, TableIdentifier from, TableIdentifier to)
    {
        if (Find(database, from) is null)
        {
            throw NoSuchTable(from);
        }

        RequireFree(database, to);
        database.Run(
            $"UPDATE iceberg_tables SET table_namespace = $newNamespace, table_name = $newName WHERE {OfTable}",
            [.. Key(from), ("$newNamespace", to.Namespace.ToString()), ("$newName", to.Name)]);
    }

    public static void Delete(CatalogDatabase database, TableIdentifier identifier)
    {
        if (database.Run($"DELETE FROM iceberg_tables WHERE {OfTable}", Key(identifier)) is 0)
        {
            throw NoSuchTable(identifier);
        }
    }

    public static IcebergException NoSuchTable(TableIdentifier identifier) => new(IcebergFailure.NoSuchTable, $"There is no table '{identifier}'.");

    private static (string Name, string? Value)[] Key(TableIdentifier identifier) => [("$namespace", identifier.Namespace.ToString()), ("$table", identifier.Name)];
}
