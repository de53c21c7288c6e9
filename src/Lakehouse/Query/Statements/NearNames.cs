namespace Recoup.Lakehouse.Query.Statements;

/// <summary>Finds the names that somebody may have meant.</summary>
internal static class NearNames
{
    private const int Given = 3;

    /// <returns>The nearest names first; those without a namespace in the question are compared by their last part.</returns>
    public static IReadOnlyList<string> Of(string asked, IEnumerable<string> known)
    {
        var isWhole = asked.Contains('.', StringComparison.Ordinal);
        return [.. known
            .Select(name => (Name: name, Distance: Distance(asked, isWhole ? name : name[(name.LastIndexOf('.') + 1)..])))
            .Where(pair => pair.Distance <= Math.Max(3, asked.Length / 2))
            .OrderBy(pair => pair.Distance).ThenBy(pair => pair.Name, StringComparer.Ordinal)
            .Take(Given).Select(pair => pair.Name)];
    }

    /// <summary>Characters to add, take away or change, whatever their case.</summary>
    private static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var row = 1; row <= left.Length; row++)
        {
            var current = new int[right.Length + 1];
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var change = char.ToUpperInvariant(left[row - 1]) == char.ToUpperInvariant(right[column - 1]) ? 0 : 1;
                current[column] = Math.Min(Math.Min(current[column - 1], previous[column]) + 1, previous[column - 1] + change);
            }

            previous = current;
        }

        return previous[^1];
    }
}
