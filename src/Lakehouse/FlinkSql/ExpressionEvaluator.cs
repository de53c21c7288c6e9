using System.Globalization;
using DuckDB.NET.Data;
using Recoup.Lakehouse.FlinkSql.Binding;
using Recoup.Lakehouse.FlinkSql.Functions;
using Recoup.Lakehouse.FlinkSql.Native;
using Recoup.Lakehouse.FlinkSql.Syntax;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql;

/// <summary>What one expression gave for one row: a text (NULL is null; of a binary its hexadecimal digits) or an error of the value.</summary>
public sealed record EvaluatedValue(string? Text, string? Error);

/// <summary>
/// Computes single expressions of the shared subset over columns of type STRING, as a script would: for tests and for the
/// question what an expression gives. Not safe for use by several threads.
/// </summary>
public sealed class ExpressionEvaluator : IDisposable
{
    private readonly DuckDBConnection connection = new("DataSource=:memory:");
    private readonly KernelCatalog kernels = new();
    private readonly BatchClock clock = new();
    private readonly TimeProvider time;
    private int registered;

    public ExpressionEvaluator(TimeProvider time)
    {
        this.time = time;
        connection.Open();
    }

    /// <summary>The expression's value, cast to STRING, for each row.</summary>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="rows">For each row one text (or null) a column.</param>
    /// <exception cref="FlinkSqlException">The expression is refused, whatever the rows hold.</exception>
    public IReadOnlyList<EvaluatedValue> Evaluate(string expression, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string?>> rows)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        clock.Microseconds = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10;
        var sql = Translate(expression, columns);
        Load(columns, rows);
        try
        {
            return Query($"SELECT {sql} FROM input ORDER BY n", rows.Count);
        }
        catch (DuckDBException)
        {
            return [.. Enumerable.Range(0, rows.Count).Select(row => QueryRow(sql, row))];
        }
    }

    public void Dispose() => connection.Dispose();

    private string Translate(string expression, IReadOnlyList<string> columns)
    {
        var binding = new BindingContext(kernels, clock);
        // Columns are kept as bytes: the appender would end a text at its first U+0000.
        var scope = new Scope([.. columns.Select(name => new ScopeColumn(
            null, name, binding.Call("column", FlinkType.String, Copy, [new BoundExpression(PhysicalTypes.Quote(name), FlinkType.Bytes)])))]);
        var syntax = ScriptParser.ParseExpression("expression", expression);
        var bound = new ExpressionBinder(binding, scope).Bind(syntax);
        var text = bound.Type.IsBinary
            ? new BoundExpression($"lower(hex({bound.Sql}))", FlinkType.String)
            : Casts.Bind(binding, bound, FlinkType.String, isTry: false, syntax.At);
        registered = kernels.Register(connection, registered);
        return text.Sql;
    }

    private static void Copy(in Arguments arguments, ref Result result) => result.Bytes(arguments.Bytes(0));

    private void Load(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string?>> rows)
    {
        Execute($"CREATE OR REPLACE TABLE input (n INTEGER, {string.Join(", ", columns.Select(name => $"{PhysicalTypes.Quote(name)} BLOB"))})");
        using var appender = connection.CreateAppender("input");
        for (var index = 0; index < rows.Count; index++)
        {
            var row = appender.CreateRow().AppendValue(index);
            foreach (var value in rows[index])
            {
                _ = value is null ? row.AppendNullValue() : row.AppendValue(JavaUtf8.Encode(value));
            }

            row.EndRow();
        }
    }

    private EvaluatedValue QueryRow(string sql, int row)
    {
        try
        {
            return Query($"SELECT {sql} FROM input WHERE n = {row.ToString(CultureInfo.InvariantCulture)}", 1)[0];
        }
        catch (DuckDBException error)
        {
            return new EvaluatedValue(null, error.Message);
        }
    }

    private List<EvaluatedValue> Query(string sql, int capacity)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<EvaluatedValue>(capacity);
        while (reader.Read())
        {
            values.Add(new EvaluatedValue(reader.IsDBNull(0) ? null : reader.GetString(0), null));
        }

        return values;
    }

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
