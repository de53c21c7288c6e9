namespace Recoup.Lakehouse.Dbt.Jinja.Blocks;

/// <summary>A piece of a file as dbt cuts it before any template is parsed.</summary>
/// <param name="Type">The tag (<c>macro</c>, <c>docs</c>, ...), or <see cref="DataType"/> for what stands between blocks.</param>
/// <param name="Name">The name after the tag; null for data and where the tag's name is none.</param>
/// <param name="Contents">What stands between the two tags.</param>
/// <param name="Full">The block with its tags.</param>
/// <param name="Line">Line of the first character of <see cref="Full"/> in the file, from 1.</param>
internal sealed record DbtBlock(string Type, string? Name, string Contents, string Full, int Line)
{
    public const string DataType = "__dbt__data";
}
