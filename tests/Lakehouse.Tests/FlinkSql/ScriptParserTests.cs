using Recoup.Lakehouse.FlinkSql.Syntax;

namespace Recoup.Lakehouse.Tests.FlinkSql;

[TestClass]
public sealed class ScriptParserTests
{
    [TestMethod]
    public void Parse_EveryKindOfStatement_KeepsItsParts()
    {
        var script = ScriptParser.Parse("t.sql", """
            -- a comment; with a semicolon
            SET 'a.b' = 'it''s';
            CREATE CATALOG c WITH ('type' = 'iceberg');
            CREATE TEMPORARY TABLE `my table` (
              `value` BYTES, n AS CHAR_LENGTH('x'), o BIGINT METADATA FROM 'offset' VIRTUAL /* why */,
              ts TIMESTAMP(3) WITH LOCAL TIME ZONE METADATA FROM 'timestamp',
              WATERMARK FOR ts AS ts - INTERVAL '5' SECOND, PRIMARY KEY (o) NOT ENFORCED
            ) PARTITIONED BY (o) WITH ('connector' = 'kafka', 'topic' = 't;u');
            CREATE TEMPORARY VIEW v (a, b) AS WITH w AS (SELECT o, n FROM `my table`) SELECT * FROM w UNION ALL SELECT w.* FROM w WHERE n > 1;
            EXECUTE STATEMENT SET BEGIN
              INSERT INTO c.d.t (a) SELECT a FROM v;
              INSERT INTO c.d.u SELECT r.x FROM v CROSS JOIN UNNEST(ARRAY[ROW(a)]) AS r (x);
            END;
            """);

        var table = (CreateTable)script.Statements[2];
        var view = (CreateView)script.Statements[3];
        var set = (StatementSet)script.Statements[4];
        Assert.AreEqual("it's", ((SetStatement)script.Statements[0]).Value);
        Assert.AreEqual("my table", table.Name.Last);
        Assert.AreEqual("TIMESTAMP_LTZ", ((MetadataColumn)table.Columns[3]).Type.Name);
        Assert.AreEqual("ts", table.Watermark!.Column);
        Assert.HasCount(2, view.Query.UnionAll);
        Assert.AreEqual("r", ((FromUnnest)set.Inserts[1].Query.UnionAll[0].From!).Alias);
        Assert.AreEqual(new SourcePosition("t.sql", 12, 3), set.Inserts[1].At);
    }

    [TestMethod]
    [DataRow("s || t IS NULL", "(s || t) IS NULL")]
    [DataRow("NOT a = b AND c", "(NOT (a = b)) AND c")]
    [DataRow("a OR b AND c", "a OR (b AND c)")]
    [DataRow("a + b * c - d", "(a + (b * c)) - d")]
    [DataRow("-a * b", "(-a) * b")]
    [DataRow("a = b IS NULL", "(a = b) IS NULL")]
    [DataRow("a BETWEEN 1 AND 2 AND b", "(a BETWEEN 1 AND 2) AND b")]
    [DataRow("a NOT IN (1, 2) OR b", "(a NOT IN (1, 2)) OR b")]
    [DataRow("x LIKE 'a' || 'b'", "x LIKE ('a' || 'b')")]
    public void ParseExpression_Operators_BindAsInCalcite(string expression, string explicitly) =>
        Assert.AreEqual(Shape(ScriptParser.ParseExpression("e", explicitly)), Shape(ScriptParser.ParseExpression("e", expression)));

    [TestMethod]
    [DataRow("SELECT 1", 1, "SELECT")]
    [DataRow("SET 'a' = b;", 1, "a setting's value")]
    [DataRow("SET 'a' =\n'b", 2, "not closed")]
    [DataRow("/* x", 1, "not closed")]
    [DataRow("CREATE TEMPORARY TABLE t (a INT) WITH ('x' = 'y', 'x' = 'z');", 1, "twice")]
    [DataRow("CREATE TEMPORARY VIEW v AS\nSELECT CASE a END FROM t;", 2, "WHEN")]
    [DataRow("CREATE TEMPORARY VIEW v AS SELECT a FROM t ORDER BY a;", 1, "ORDER")]
    [DataRow("CREATE TEMPORARY VIEW v AS SELECT a FROM TABLE(HOP(TABLE t));", 1, "table function")]
    [DataRow("CREATE VIEW v AS SELECT a FROM t;", 1, "not temporary")]
    [DataRow("EXECUTE STATEMENT SET BEGIN END;", 1, "empty")]
    [DataRow("DROP TABLE t;", 1, "cannot begin")]
    [DataRow("CREATE TEMPORARY VIEW v AS SELECT a FROM t /*+ OPTIONS('x'='y') */;", 1, "hint")]
    public void Parse_WhatIsNotRead_SaysWhereAndWhatWouldBeRight(string script, int line, string reason)
    {
        var refusal = Assert.ThrowsExactly<FlinkSqlException>(() => ScriptParser.Parse("t.sql", script));

        Assert.AreEqual(line, refusal.At.Line);
        Assert.Contains(reason, refusal.Message);
        Assert.IsGreaterThan(0, refusal.Remedy.Length);
    }

    /// <summary>The tree without the places.</summary>
    private static string Shape(Expression expression) => expression switch
    {
        BinaryExpression binary => $"({Shape(binary.Left)} {binary.Operator} {Shape(binary.Right)})",
        UnaryExpression unary => $"({unary.Operator} {Shape(unary.Operand)})",
        IsExpression predicate => $"({Shape(predicate.Operand)} IS {predicate.IsNegated} {predicate.Predicate})",
        BetweenExpression between => $"({Shape(between.Operand)} BETWEEN {Shape(between.Low)} AND {Shape(between.High)})",
        InExpression membership => $"({Shape(membership.Operand)} IN {membership.IsNegated} {string.Join(',', membership.Values.Select(Shape))})",
        LikeExpression like => $"({Shape(like.Operand)} LIKE {Shape(like.Pattern)})",
        ColumnReference column => string.Join('.', column.Path),
        NumberLiteral number => number.Digits,
        TextLiteral text => $"'{text.Text}'",
        _ => expression.GetType().Name,
    };
}
