namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>Text that dbt's filters <c>as_bool</c>, <c>as_number</c>, <c>as_native</c>, <c>as_text</c> mark for native rendering.</summary>
/// <param name="Text">The value as text.</param>
/// <param name="Kind">What the text must turn out to be: <c>bool</c>, <c>number</c>, <c>native</c> or <c>text</c>.</param>
internal sealed record NativeMarker(string Text, string Kind);
