using System.Data;
using System.Text.Json;
using DuckDB.NET.Data;

namespace Recoup.Lakehouse.Query.Statements;

/// <summary>
/// Tells by DuckDB's own parser, which also executes the statement, whether it is one statement that only reads: the parser gives the tree of a SELECT
/// (to which VALUES, DESCRIBE, SHOW and SUMMARIZE belong) and of nothing else. The tree is then held against <see cref="TreeRules"/>.
/// </summary>
internal sealed class StatementParser : IDisposable
{
    private readonly DuckDBConnection connection = new("DataSource=:memory:");
    private readonly Lock gate = new();

    private const int CharactersMax = 256 * 1024;
    private const int DepthMax = 1_500;

    private const string Allowed = "Only one statement that reads is allowed: SELECT, WITH, VALUES, FROM, DESCRIBE, SHOW, SUMMARIZE or EXPLAIN of one of them.";

    public void Dispose() => connection.Dispose();

    /// <exception cref="QueryException">It is no SQL, not one statement, or does something else than reading the lake.</exception>
    public ReadStatement Parse(string sql)
    {
        if (sql.Length > CharactersMax)
        {
            throw QueryException.Refused($"The statement has {sql.Length} characters; at most {CharactersMax} are allowed.");
        }

        var root = Tree(sql, 0, sql);
        return IsNoSelect(root) && ExplainPrefix.Split(sql) is var (explain, explained)
            ? Explained(explain, explained, sql)
            : Select(root, sql);
    }

    private ReadStatement Explained(string explain, string explained, string sql)
    {
        var statement = Select(Tree(explained, sql.Length - explained.Length, sql), explained);
        return statement with { Sql = explain + statement.Sql, Tree = null };
    }

    private static ReadStatement Select(JsonElement root, string sql)
    {
        var statements = IsNoSelect(root) ? throw QueryException.Refused(Allowed) : root.GetProperty("statements");
        if (statements.GetArrayLength() is not 1)
        {
            throw statements.GetArrayLength() is 0
                ? new QueryException(QueryFailure.Syntax, "The statement is empty.") { Line = 1, Column = 1 }
                : QueryException.Refused($"{Allowed} There are {statements.GetArrayLength()}.");
        }

        if (statements[0].GetProperty("named_param_map").GetArrayLength() > 0)
        {
            throw QueryException.Refused("Parameters ($1, ?) are not supported: write the values into the statement.");
        }

        return TreeRules.Check(statements[0].GetProperty("node"), sql);
    }

    private static bool IsNoSelect(JsonElement root) =>
        root.GetProperty("error").GetBoolean() && root.GetProperty("error_type").GetString() == "not implemented";

    private JsonElement Tree(string sql, int offset, string whole)
    {
        var root = Read(Serialize(sql));
        return root.GetProperty("error").GetBoolean() && !IsNoSelect(root) ? throw Syntax(root, whole, offset) : root;
    }

    private string Serialize(string sql)
    {
        lock (gate)
        {
            if (connection.State is ConnectionState.Closed)
            {
                connection.Open();
            }

            using var command = connection.CreateCommand();
            command.CommandText = "SELECT json_serialize_sql(CAST($1 AS VARCHAR))";
            command.Parameters.Add(new DuckDBParameter(sql));
            return (string)command.ExecuteScalar()!;
        }
    }

    private static JsonElement Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = DepthMax });
            return document.RootElement.Clone();
        }
        catch (JsonException unreadable)
        {
            throw new QueryException(QueryFailure.Refused, "The statement is nested too deeply, or has a number that is none.", unreadable);
        }
    }

    private static QueryException Syntax(JsonElement error, string sql, int offset)
    {
        var message = error.GetProperty("error_message").GetString()!;
        if (!error.TryGetProperty("position", out var text) || !int.TryParse(text.GetString(), out var position))
        {
            return new QueryException(QueryFailure.Syntax, message);
        }

        var (line, column) = TextPosition.Of(sql, position + offset);
        return new QueryException(QueryFailure.Syntax, $"{message}, line {line}, column {column}") { Line = line, Column = column };
    }
}
