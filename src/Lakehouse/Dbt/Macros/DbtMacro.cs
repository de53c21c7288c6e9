using Recoup.Lakehouse.Dbt.Jinja;

namespace Recoup.Lakehouse.Dbt.Macros;

/// <summary>A macro of the project, or one that comes with the runner (package <c>dbt</c>).</summary>
/// <param name="Path">As messages call the file.</param>
/// <param name="Sql">Its text with its tags.</param>
internal sealed record DbtMacro(string Package, string Name, string Path, string Sql, JinjaMacroDefinition Definition)
{
    public const string BuiltInPackage = "dbt";

    public string UniqueId => $"macro.{Package}.{Name}";
}
