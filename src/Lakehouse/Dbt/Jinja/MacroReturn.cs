namespace Recoup.Lakehouse.Dbt.Jinja;

/// <summary>dbt's <c>return(value)</c> on its way to the macro that it leaves.</summary>
internal sealed class MacroReturn(object? value) : Exception("return() was called outside of a macro")
{
    public object? Value { get; } = value;
}
