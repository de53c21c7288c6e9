using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Recoup.Client.Tests.Crash;

/// <summary>Where each table of silver and gold stands by the catalog's file, which may be looked at while the silo writes.</summary>
internal sealed class TableStandings
{
    public const string CatalogFile = "lake-catalog.db";

    /// <summary>What transformations write; bronze is written at any time.</summary>
    public static readonly IReadOnlyList<string> Namespaces = ["silver", "gold"];

    private readonly Dictionary<string, string> metadata = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> sequenceNumbers = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Tables => metadata.Keys;

    /// <summary>The tables and their metadata files; with their sequence numbers too, the files are read.</summary>
    public static TableStandings Read(string dataFolder, bool withSequenceNumbers)
    {
        var standings = new TableStandings();
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(dataFolder, CatalogFile), Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            select table_namespace || '.' || table_name, metadata_location from iceberg_tables
            where table_namespace in ('{string.Join("', '", Namespaces)}') and coalesce(iceberg_type, 'TABLE') = 'TABLE'
            """;
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            standings.Add(rows.GetString(0), rows.GetString(1), withSequenceNumbers);
        }

        return standings;
    }

    /// <summary>Tables that are new, or have another metadata file than they had before.</summary>
    public int MovedSince(TableStandings before) => metadata.Count(table => before.metadata.GetValueOrDefault(table.Key) != table.Value);

    /// <summary>The number of the table's last commit; null when there was no such table, or its number was not read.</summary>
    public long? SequenceNumberOf(string table) => sequenceNumbers.TryGetValue(table, out var number) ? number : null;

    private void Add(string table, string location, bool withSequenceNumber)
    {
        metadata.Add(table, location);
        if (withSequenceNumber)
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(new Uri(location).LocalPath));
            sequenceNumbers.Add(table, document.RootElement.GetProperty("last-sequence-number").GetInt64());
        }
    }
}
