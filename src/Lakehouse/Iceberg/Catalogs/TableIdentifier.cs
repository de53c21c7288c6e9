namespace Recoup.Lakehouse.Iceberg.Catalogs;

/// <summary>The name of a table. A namespace has one level or more.</summary>
public sealed record TableIdentifier(TableNamespace Namespace, string Name)
{
    public TableIdentifier(string space, string name)
        : this(new TableNamespace(space), name)
    {
    }

    public override string ToString() => $"{Namespace}.{Name}";
}

/// <summary>The levels of a namespace, the outermost first.</summary>
public sealed record TableNamespace(params IReadOnlyList<string> Levels)
{
    public bool Equals(TableNamespace? other) => other is not null && Levels.SequenceEqual(other.Levels, StringComparer.Ordinal);

    public override int GetHashCode() => Levels.Aggregate(0, HashCode.Combine);

    /// <summary>The text under which JDBC catalogs keep it: the levels joined by dots.</summary>
    public override string ToString() => string.Join('.', Levels);
}
