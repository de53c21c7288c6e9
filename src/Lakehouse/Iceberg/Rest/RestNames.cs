using Recoup.Lakehouse.Iceberg.Catalogs;

namespace Recoup.Lakehouse.Iceberg.Rest;

/// <summary>Names as the protocol writes them in paths: the levels of a namespace are joined by the unit separator, %1F.</summary>
internal static class RestNames
{
    private const char Separator = '\u001F';

    public static TableNamespace Namespace(string text) => new(Unescape(text).Split(Separator));

    public static TableIdentifier Table(string space, string name) => new(Namespace(space), Unescape(name));

    public static string Path(TableNamespace space) => string.Join("%1F", space.Levels.Select(Uri.EscapeDataString));

    /// <summary>A slash in a name is the one character that the web server leaves escaped.</summary>
    private static string Unescape(string text) => text.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}

/// <summary>One page of a sorted list. The token is the name that the page ended with, so it stays right while names come and go.</summary>
internal static class RestPages
{
    public static (IReadOnlyList<T> Items, string? NextToken) Page<T>(IEnumerable<T> sorted, Func<T, string> nameOf, string? token, int? size)
    {
        var rest = string.IsNullOrEmpty(token) ? sorted : sorted.Where(item => string.CompareOrdinal(nameOf(item), token) > 0);
        if (size is null)
        {
            return ([.. rest], null);
        }

        var page = rest.Take(size > 0 ? size.Value + 1 : throw IcebergException.Invalid($"pageSize is {size}; at least 1 is expected.")).ToArray();
        return page.Length <= size ? (page, null) : (page[..size.Value], nameOf(page[size.Value - 1]));
    }
}
