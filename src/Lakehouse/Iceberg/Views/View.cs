using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Schemas;

namespace Recoup.Lakehouse.Iceberg.Views;

/// <summary>A view as it was when it was loaded.</summary>
public sealed record View(TableIdentifier Identifier, ViewMetadata Metadata, string MetadataLocation)
{
    public Schema Schema => Metadata.CurrentSchema;

    /// <summary>The query in Trino's SQL.</summary>
    /// <exception cref="IcebergException">The view has been written for other engines only.</exception>
    public string TrinoSql => Metadata.CurrentVersion.Representations
        .FirstOrDefault(representation => representation.Type is "sql" && representation.Dialect.Equals(ViewDefinition.Trino, StringComparison.OrdinalIgnoreCase))?.Sql
        ?? throw IcebergException.Unsupported(
            $"the view '{Identifier}', whose SQL is {string.Join(", ", Metadata.CurrentVersion.Representations.Select(representation => representation.Dialect))}'s; trino's is read");
}

/// <summary>What a view is to be.</summary>
/// <param name="Schema">Its columns.</param>
/// <param name="Representations">Its query, in the SQL of one engine or several.</param>
public sealed record ViewDefinition(Schema Schema, IReadOnlyList<ViewRepresentation> Representations)
{
    internal const string Trino = "trino";

    /// <summary>A view whose query is in Trino's SQL, with a namespace at every name.</summary>
    public ViewDefinition(Schema schema, string sql)
        : this(schema, [new ViewRepresentation("sql", sql, Trino)])
    {
    }

    /// <summary>The namespace of names that have none; <see langword="null"/> for the view's own.</summary>
    public IReadOnlyList<string>? DefaultNamespace { get; init; }

    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();
}
