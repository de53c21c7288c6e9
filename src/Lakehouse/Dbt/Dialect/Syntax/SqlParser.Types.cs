namespace Recoup.Lakehouse.Dbt.Dialect.Syntax;

/// <summary>Types as Trino writes them.</summary>
internal sealed partial class SqlParser
{
    public static TypeSyntax ParseTypeName(string text, SourceFile source)
    {
        var reader = new TokenReader(Lexer.Read(text, source), source);
        var type = new SqlParser(reader).ParseType();
        return reader.Current.Kind is TokenKind.End ? type : throw reader.Unexpected("the type should end");
    }

    private TypeSyntax ParseType()
    {
        var line = reader.Line;
        var name = reader.Next().Text.ToLowerInvariant();
        var type = name switch
        {
            "array" or "map" => ParseTypeArguments(name, line),
            "row" => ParseRowType(line),
            "double" => ParseDouble(line),
            _ => new TypeSyntax(name, reader.At("(") ? reader.Parenthesized(reader.Integer) : [], [], [], line),
        };
        return type.Name is "timestamp" or "time" ? WithZone(type) : type;
    }

    private TypeSyntax ParseDouble(int line)
    {
        reader.Take("PRECISION");
        return new TypeSyntax("double", [], [], [], line);
    }

    private TypeSyntax ParseTypeArguments(string name, int line) => new(name, [], reader.Parenthesized(ParseType), [], line);

    private TypeSyntax ParseRowType(int line)
    {
        var fields = reader.Parenthesized(ParseField);
        return new TypeSyntax("row", [], [.. fields.Select(field => field.Type)], [.. fields.Select(field => field.Name)], line);
    }

    /// <summary>A field has a name and a type, or a type only.</summary>
    private (string? Name, TypeSyntax Type) ParseField()
    {
        var isNamed = reader.Peek().Kind is TokenKind.Word && !reader.Peek().Is("PRECISION") && !reader.Peek().Is("WITH") && !reader.Peek().Is("WITHOUT");
        return (isNamed ? reader.Identifier() : null, ParseType());
    }

    private TypeSyntax WithZone(TypeSyntax type)
    {
        if (reader.Take("WITH", "TIME", "ZONE"))
        {
            return type with { Name = $"{type.Name} with time zone" };
        }

        reader.Take("WITHOUT", "TIME", "ZONE");
        return type;
    }
}
