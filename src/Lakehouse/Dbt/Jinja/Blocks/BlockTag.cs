namespace Recoup.Lakehouse.Dbt.Jinja.Blocks;

/// <summary>A <c>{% ... %}</c> of a file.</summary>
/// <param name="Type">Its first word, such as <c>macro</c> or <c>endmacro</c>.</param>
/// <param name="Name">Its second word where that is a name; null for none.</param>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it ends.</param>
internal sealed record BlockTag(string Type, string? Name, int Start, int End)
{
    /// <summary>The tag that closes this one.</summary>
    public string EndType => "end" + Type;
}
