using System.Text.RegularExpressions;

namespace Recoup.Lakehouse.Dbt.Warehouses.Lake;

/// <summary>
/// Takes the catalog off names of three parts, as dbt writes them. Without it, SQL means the same in whatever catalog it is kept: the views of a lake
/// can be read under any name that an engine gives it.
/// </summary>
internal sealed class CatalogPrefix(string catalog)
{
    private readonly Regex pattern = new(
        $"""'(?:[^']|'')*'|--[^\n]*|/\*(?:[^*]|\*(?!/))*\*/|(?<![\w."])(?<prefix>"{Regex.Escape(catalog)}"|{Regex.Escape(catalog)}\b)\s*\.\s*(?=(?:"(?:[^"]|"")+"|\w+)\s*\.)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    public string TakeOff(string sql) => pattern.Replace(sql, match => match.Groups["prefix"].Success ? "" : match.Value);
}
