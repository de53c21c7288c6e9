namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>Python's bytes, which a template only makes, prints and reads back.</summary>
internal sealed record PyBytes(byte[] Value);
