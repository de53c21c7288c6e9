namespace Recoup.Lakehouse.Dbt.Jinja.Blocks;

/// <summary>Cuts a file into blocks as dbt's <c>extract_toplevel_blocks</c> does, data between them included.</summary>
internal static class DbtBlocks
{
    /// <param name="text">The file.</param>
    /// <param name="allowed">The tags that open a block here, such as <c>macro</c> and <c>docs</c>.</param>
    /// <exception cref="JinjaException">A tag is not closed, nested, or inside control flow; with the line.</exception>
    public static IReadOnlyList<DbtBlock> Extract(string text, IReadOnlyCollection<string> allowed) =>
        new BlockCutter(text, allowed).Cut();
}
