namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>Text that was marked safe, by <c>safe</c>, <c>escape</c> or <c>tojson</c>; it prints as it is.</summary>
/// <remarks>Joined with other text by <c>+</c> it would escape that: only printing, <c>~</c> and comparing are supported.</remarks>
internal sealed record PyMarkup(string Text);
