using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Blocks;
using Recoup.Lakehouse.Dbt.Projects;

namespace Recoup.Lakehouse.Dbt.Macros;

/// <summary>Cuts a file into its macros and generic tests.</summary>
internal static class MacroReader
{
    private static readonly string[] Tags = ["macro", "materialization", "test", "data_test"];

    /// <param name="path">As messages call the file.</param>
    public static IEnumerable<DbtMacro> Read(string package, string path, string text)
    {
        try
        {
            return [.. DbtBlocks.Extract(text, Tags).Where(block => block.Type != DbtBlock.DataType).SelectMany(block => Parse(package, path, block))];
        }
        catch (JinjaException broken)
        {
            throw DbtProjectException.Compilation(broken.Line is null ? broken.Message : $"{broken.Message}\n  line {broken.Line}", $"macros of {path}");
        }
    }

    private static IEnumerable<DbtMacro> Parse(string package, string path, DbtBlock block)
    {
        if (block.Type == "materialization")
        {
            throw DbtProjectException.Unsupported(
                $"The materialization '{block.Name}'", path, block.Line, "Use view, table, incremental or ephemeral.");
        }

        // Empty lines before it keep the line numbers of messages those of the file.
        var padded = new string('\n', block.Line - 1) + block.Full;
        return JinjaTemplate.Parse(padded, path).Macros.Select(definition => new DbtMacro(package, definition.Name, path, block.Full, definition));
    }
}
