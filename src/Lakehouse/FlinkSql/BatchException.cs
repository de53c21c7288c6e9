namespace Recoup.Lakehouse.FlinkSql;

/// <summary>A batch that cannot be computed: a value fails the job in Flink as well, or DuckDB is out of memory.</summary>
public sealed class BatchException(string message) : Exception(message);
