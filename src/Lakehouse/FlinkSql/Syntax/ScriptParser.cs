namespace Recoup.Lakehouse.FlinkSql.Syntax;

/// <summary>Reads a whole script, statement by statement.</summary>
public sealed class ScriptParser
{
    private readonly TokenReader tokens;
    private readonly string file;

    private ScriptParser(string file, string script)
    {
        this.file = file;
        tokens = new TokenReader(Lexer.Read(file, script));
    }

    /// <param name="file">The name that errors carry.</param>
    /// <param name="script">The text of the script.</param>
    /// <exception cref="FlinkSqlException">The script is not in the shared subset.</exception>
    public static Script Parse(string file, string script) => new ScriptParser(file, script).ReadScript();

    /// <summary>Reads one expression and nothing else.</summary>
    public static Expression ParseExpression(string file, string text)
    {
        var parser = new ScriptParser(file, text);
        var expression = new ExpressionParser(parser.tokens).Read();
        return parser.tokens.Current.Kind == TokenKind.End ? expression : throw parser.tokens.Unexpected("the end of the expression");
    }

    private Script ReadScript()
    {
        var statements = new List<Statement>();
        while (tokens.Current.Kind != TokenKind.End)
        {
            if (!tokens.TakeIfSymbol(";"))
            {
                statements.Add(ReadStatement());
                if (tokens.Current.Kind != TokenKind.End)
                {
                    tokens.ExpectSymbol(";");
                }
            }
        }

        return new Script(file, statements);
    }

    private Statement ReadStatement()
    {
        var at = tokens.At;
        if (tokens.TakeIfWord("SET"))
        {
            var key = tokens.ExpectText("a setting's name");
            tokens.ExpectSymbol("=");
            return new SetStatement(key, tokens.ExpectText("a setting's value"), at);
        }

        if (tokens.TakeIfWord("CREATE"))
        {
            return ReadCreate(at);
        }

        if (tokens.TakeIfWord("EXECUTE", "STATEMENT", "SET"))
        {
            return ReadStatementSet(at);
        }

        return tokens.IsWord("INSERT")
            ? ReadInsert()
            : throw new FlinkSqlException(
                at, $"a statement cannot begin with {tokens.Current.Shown} here", "Write SET, CREATE CATALOG, CREATE TEMPORARY TABLE or VIEW, INSERT INTO or EXECUTE STATEMENT SET");
    }

    private Statement ReadCreate(SourcePosition at)
    {
        if (tokens.TakeIfWord("CATALOG"))
        {
            return new CreateCatalog(tokens.ExpectName("a catalog"), TableParser.ReadOptions(tokens), at);
        }

        var isTemporary = tokens.TakeIfWord("TEMPORARY");
        if (tokens.TakeIfWord("TABLE"))
        {
            tokens.TakeIfWord("IF", "NOT", "EXISTS");
            return new TableParser(tokens).Read(at);
        }

        if (!isTemporary && tokens.IsWord("VIEW"))
        {
            throw new FlinkSqlException(at, "a view that is not temporary would live in the catalog", "Write CREATE TEMPORARY VIEW");
        }

        tokens.ExpectWord("VIEW");
        var name = tokens.ExpectObjectName("a view");
        var columns = tokens.IsSymbol("(") ? tokens.ExpectNames("a column") : [];
        tokens.ExpectWord("AS");
        return new CreateView(name, columns, new QueryParser(tokens).Read(), at);
    }

    private StatementSet ReadStatementSet(SourcePosition at)
    {
        tokens.ExpectWord("BEGIN");
        var inserts = new List<InsertStatement>();
        while (!tokens.TakeIfWord("END"))
        {
            inserts.Add(ReadInsert());
            tokens.ExpectSymbol(";");
        }

        return inserts.Count > 0 ? new StatementSet(inserts, at) : throw new FlinkSqlException(at, "the statement set is empty", "Put INSERT INTO statements between BEGIN and END");
    }

    private InsertStatement ReadInsert()
    {
        var at = tokens.At;
        tokens.ExpectWord("INSERT");
        if (tokens.IsWord("OVERWRITE"))
        {
            throw new FlinkSqlException(at, "INSERT OVERWRITE is for bounded jobs", "Write INSERT INTO");
        }

        tokens.ExpectWord("INTO");
        var target = tokens.ExpectObjectName("a table");
        var columns = tokens.IsSymbol("(") ? tokens.ExpectNames("a column") : [];
        return new InsertStatement(target, columns, new QueryParser(tokens).Read(), at);
    }
}
