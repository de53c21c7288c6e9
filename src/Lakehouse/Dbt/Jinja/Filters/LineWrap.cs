using System.Text.RegularExpressions;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Filters;

/// <summary>Python's <c>textwrap</c> for text without hyphens.</summary>
internal static partial class LineWrap
{
    public static IEnumerable<string> Wrap(string text, int width, bool breaksWords)
    {
        var chunks = new Stack<string>(Chunk().Matches(text).Select(match => match.Value).Reverse());
        var isFirst = true;
        while (chunks.Count > 0)
        {
            // A line does not begin with spaces, but for those that the text begins with.
            if (!isFirst && char.IsWhiteSpace(chunks.Peek()[0]))
            {
                chunks.Pop();
            }

            var line = Line(chunks, width, breaksWords);
            line.Reverse();
            var kept = string.Concat(line.SkipWhile(chunk => chunk.Trim().Length == 0).Reverse());
            if (kept.Length > 0)
            {
                yield return kept;
                isFirst = false;
            }
        }
    }

    [GeneratedRegex(@"\s+|\S+")]
    private static partial Regex Chunk();

    private static List<string> Line(Stack<string> chunks, int width, bool breaksWords)
    {
        List<string> line = [];
        var length = 0;
        while (chunks.TryPeek(out var chunk) && length + PyText.Length(chunk) <= width)
        {
            line.Add(chunks.Pop());
            length += PyText.Length(chunk);
        }

        if (chunks.TryPeek(out var word) && PyText.Length(word) > width)
        {
            AddLongWord(chunks, line, width - length, breaksWords);
        }

        return line;
    }

    private static void AddLongWord(Stack<string> chunks, List<string> line, int room, bool breaksWords)
    {
        if (!breaksWords)
        {
            if (line.Count == 0)
            {
                line.Add(chunks.Pop());
            }

            return;
        }

        var word = chunks.Pop();
        var cut = string.Concat(PyText.Characters(word).Take(Math.Max(1, room)));
        line.Add(cut);
        chunks.Push(word[cut.Length..]);
    }
}
