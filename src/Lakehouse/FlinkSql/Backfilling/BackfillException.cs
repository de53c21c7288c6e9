namespace Recoup.Lakehouse.FlinkSql.Backfilling;

/// <summary>A range cannot be validated again; nothing was changed. The message says why, and what can be done.</summary>
public sealed class BackfillException(string message, Exception? inner = null) : Exception(message, inner);
