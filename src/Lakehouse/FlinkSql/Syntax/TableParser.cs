namespace Recoup.Lakehouse.FlinkSql.Syntax;

/// <summary>Reads the columns, the watermark and the options of a table.</summary>
internal sealed class TableParser(TokenReader tokens)
{
    private readonly List<ColumnDefinition> columns = [];
    private readonly List<string> primaryKey = [];
    private WatermarkDefinition? watermark;

    public CreateTable Read(SourcePosition at)
    {
        var name = tokens.ExpectObjectName("a table");
        tokens.ExpectSymbol("(");
        do
        {
            ReadElement();
        }
        while (tokens.TakeIfSymbol(","));
        tokens.ExpectSymbol(")");
        if (tokens.TakeIfWord("COMMENT"))
        {
            tokens.ExpectText("a comment");
        }

        var partitionedBy = tokens.TakeIfWord("PARTITIONED", "BY") ? tokens.ExpectNames("a column") : [];
        return new CreateTable(name, columns, watermark, primaryKey, partitionedBy, ReadOptions(tokens), at);
    }

    public static IReadOnlyList<TableOption> ReadOptions(TokenReader tokens)
    {
        var options = new List<TableOption>();
        tokens.ExpectWord("WITH");
        tokens.ExpectSymbol("(");
        do
        {
            var at = tokens.At;
            var key = tokens.ExpectText("an option's name");
            tokens.ExpectSymbol("=");
            if (options.Any(option => option.Key == key))
            {
                throw new FlinkSqlException(at, $"the option '{key}' is given twice", "Keep one");
            }

            options.Add(new TableOption(key, tokens.ExpectText("an option's value"), at));
        }
        while (tokens.TakeIfSymbol(","));
        tokens.ExpectSymbol(")");
        return options;
    }

    private void ReadElement()
    {
        var at = tokens.At;
        if (tokens.TakeIfWord("WATERMARK", "FOR"))
        {
            var column = tokens.ExpectName("a column");
            tokens.ExpectWord("AS");
            watermark = new WatermarkDefinition(column, new ExpressionParser(tokens).Read(), at);
        }
        else if (tokens.TakeIfWord("PRIMARY", "KEY"))
        {
            primaryKey.AddRange(tokens.ExpectNames("a column"));
            tokens.ExpectWord("NOT", "ENFORCED");
        }
        else
        {
            columns.Add(ReadColumn(at));
        }
    }

    private ColumnDefinition ReadColumn(SourcePosition at)
    {
        var name = tokens.ExpectName("a column");
        if (tokens.TakeIfWord("AS"))
        {
            return new ComputedColumn(name, new ExpressionParser(tokens).Read(), at);
        }

        var type = TypeParser.Read(tokens);
        if (tokens.TakeIfWord("METADATA"))
        {
            var key = tokens.TakeIfWord("FROM") ? tokens.ExpectText("a metadata key") : name;
            return new MetadataColumn(name, type, key, tokens.TakeIfWord("VIRTUAL"), at);
        }

        if (tokens.TakeIfWord("COMMENT"))
        {
            tokens.ExpectText("a comment");
        }

        return new PhysicalColumn(name, type, at);
    }
}
