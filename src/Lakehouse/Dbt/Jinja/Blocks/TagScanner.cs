using System.Text.RegularExpressions;

namespace Recoup.Lakehouse.Dbt.Jinja.Blocks;

/// <summary>
/// Finds tags without parsing the file, by dbt's own patterns: texts in tags and prints are skipped, and so are comments and raw
/// blocks. Where several patterns match, dbt takes the match that ends first.
/// </summary>
internal sealed partial class TagScanner(string text)
{
    private int _position;

    public IEnumerable<BlockTag> Tags()
    {
        while (First(TagStart(), CommentStart(), PrintStart()) is { } match)
        {
            _position = match.Index;
            if (match.Groups["type"].Success)
            {
                yield return Tag(match);
            }
            else if (match.Groups["comment"].Success)
            {
                _position = match.Index + match.Length;
                Advance("#}", CommentEnd());
            }
            else
            {
                SkipPrint(match);
            }
        }
    }

    [GeneratedRegex(@"(?:\s*\{%-|\{%)\s*(?<type>[A-Za-z_][A-Za-z_0-9]*)(?:\s+(?<name>[A-Za-z_][A-Za-z_0-9]*))?")]
    private static partial Regex TagStart();

    [GeneratedRegex(@"(?<close>-%\}\s*|%\})")]
    private static partial Regex TagClose();

    [GeneratedRegex(@"(?<comment>\s*\{#)")]
    private static partial Regex CommentStart();

    [GeneratedRegex(@".*?\s*#\}", RegexOptions.Singleline)]
    private static partial Regex CommentEnd();

    [GeneratedRegex(@"\{\{\s*")]
    private static partial Regex PrintStart();

    [GeneratedRegex(@"(?<close>\s*\}\})")]
    private static partial Regex PrintEnd();

    [GeneratedRegex(@"['""]")]
    private static partial Regex Quote();

    [GeneratedRegex(@"'[^'\\]*(?:\\.[^'\\]*)*'|""[^""\\]*(?:\\.[^""\\]*)*""", RegexOptions.Singleline)]
    private static partial Regex QuotedText();

    [GeneratedRegex(@"(?:\s*\{%-|\{%)\s*raw\s*(?:-%\}\s*|%\}).*?(?:\s*\{%-|\{%)\s*endraw\s*(?:-%\}\s*|%\})", RegexOptions.Singleline)]
    private static partial Regex RawBlock();

    private BlockTag Tag(Match match)
    {
        var start = _position;
        var type = match.Groups["type"].Value;
        if (type == "raw")
        {
            Advance("{% raw %}...{% endraw %}", RawBlock());
        }
        else
        {
            _position += match.Length;
            SkipUntilClosed("tag close (\"%}\")", TagClose());
        }

        return new(type, match.Groups["name"].Success ? match.Groups["name"].Value : null, start, _position);
    }

    private void SkipPrint(Match match)
    {
        _position += match.Length;
        SkipUntilClosed("}}", PrintEnd());
    }

    private void SkipUntilClosed(string expected, Regex close)
    {
        while (true)
        {
            var next = First(close, Quote()) ?? throw Eof(expected);
            if (next.Groups["close"].Success)
            {
                _position = next.Index + next.Length;
                return;
            }

            _position = next.Index;
            Advance("string", QuotedText());
        }
    }

    private void Advance(string expected, Regex pattern)
    {
        var match = First(pattern) ?? throw Eof(expected);
        _position = match.Index + match.Length;
    }

    private Match? First(params Regex[] patterns) => patterns
        .Select(pattern => pattern.Match(text, _position))
        .Where(match => match.Success)
        .MinBy(match => match.Index + match.Length);

    private JinjaException Eof(string expected) => new(
        JinjaErrorKind.Syntax,
        $"unexpected EOF, expected {expected}, got \"{text[_position..]}\"",
        text.AsSpan(0, _position).Count('\n') + 1);
}
