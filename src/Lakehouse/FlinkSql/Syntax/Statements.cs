namespace Recoup.Lakehouse.FlinkSql.Syntax;

/// <summary>A script: its statements in the order in which they stand.</summary>
public sealed record Script(string File, IReadOnlyList<Statement> Statements);

public abstract record Statement(SourcePosition At);

public sealed record SetStatement(string Key, string Value, SourcePosition At) : Statement(At);

public sealed record CreateCatalog(string Name, IReadOnlyList<TableOption> Options, SourcePosition At) : Statement(At);

public sealed record TableOption(string Key, string Value, SourcePosition At);

public sealed record CreateTable(
    ObjectName Name,
    IReadOnlyList<ColumnDefinition> Columns,
    WatermarkDefinition? Watermark,
    IReadOnlyList<string> PrimaryKey,
    IReadOnlyList<string> PartitionedBy,
    IReadOnlyList<TableOption> Options,
    SourcePosition At) : Statement(At);

public abstract record ColumnDefinition(string Name, SourcePosition At);

public sealed record PhysicalColumn(string Name, TypeName Type, SourcePosition At) : ColumnDefinition(Name, At);

/// <param name="Key">What the connector calls it: <c>offset</c>, <c>partition</c>.</param>
public sealed record MetadataColumn(string Name, TypeName Type, string Key, bool IsVirtual, SourcePosition At) : ColumnDefinition(Name, At);

public sealed record ComputedColumn(string Name, Expression Value, SourcePosition At) : ColumnDefinition(Name, At);

public sealed record WatermarkDefinition(string Column, Expression Strategy, SourcePosition At);

public sealed record CreateView(ObjectName Name, IReadOnlyList<string> Columns, QueryTree Query, SourcePosition At) : Statement(At);

public sealed record InsertStatement(ObjectName Target, IReadOnlyList<string> Columns, QueryTree Query, SourcePosition At) : Statement(At);

/// <summary>Inserts that run as one job: they share their sources and commit together.</summary>
public sealed record StatementSet(IReadOnlyList<InsertStatement> Inserts, SourcePosition At) : Statement(At);

/// <summary>A name of up to three parts: catalog, database, object.</summary>
public sealed record ObjectName(IReadOnlyList<string> Parts, SourcePosition At)
{
    public string Last => Parts[^1];

    public override string ToString() => string.Join('.', Parts);
}
