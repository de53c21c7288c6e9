using DuckDB.NET.Data;
using Recoup.Lakehouse.FlinkSql.Planning;
using Recoup.Lakehouse.FlinkSql.Running;

namespace Recoup.Lakehouse.FlinkSql.Trials;

/// <summary>What a script would write for one record, and where.</summary>
/// <param name="Target">Catalog, database and table as the script writes them.</param>
/// <param name="Values">The row's values by column; null is NULL, bytes are an array.</param>
public sealed record TrialRow(IReadOnlyList<string> Target, IReadOnlyDictionary<string, object?> Values);

/// <summary>
/// Runs a script over records that are in no topic and writes nothing: what would become of them. Not safe for use by several threads.
/// </summary>
public sealed class ScriptTrial(ScriptPlan plan, TimeProvider time) : IDisposable
{
    private readonly BatchEngine engine = new(plan, time);

    /// <summary>The rows of each value, in the order of the values. A value that is null is a tombstone.</summary>
    public IReadOnlyList<IReadOnlyList<TrialRow>> Run(IReadOnlyList<byte[]?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var now = time.GetUtcNow();
        engine.Load([.. values.Select((value, index) => new SourceRecord(0, index, now, null, value))]);
        var rows = values.Select(_ => new List<TrialRow>()).ToArray();
        for (var insert = 0; insert < plan.Inserts.Count; insert++)
        {
            Collect(insert, rows);
        }

        return rows;
    }

    public void Dispose() => engine.Dispose();

    private void Collect(int insert, List<TrialRow>[] rows)
    {
        using var command = engine.Connection.CreateCommand();
        command.CommandText = $"FROM {BatchEngine.RowsOf(insert)}";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var values = Enumerable.Range(0, reader.FieldCount).Where(column => reader.GetName(column) != Relation.RecordNumber)
                .ToDictionary(reader.GetName, column => Value(reader, column), StringComparer.Ordinal);
            rows[reader.GetInt32(reader.GetOrdinal(Relation.RecordNumber))].Add(new TrialRow(plan.Inserts[insert].Target, values));
        }
    }

    private static object? Value(DuckDBDataReader reader, int column)
    {
        if (reader.IsDBNull(column))
        {
            return null;
        }

        if (reader.GetValue(column) is not Stream stream)
        {
            return reader.GetValue(column);
        }

        using (stream)
        {
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.ToArray();
        }
    }
}
