using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Syntax;

/// <summary>
/// Cuts a template into tokens by Jinja's rules: whitespace control, raw blocks, one newline dropped at the end.
/// Tokens come one at a time, so that of two errors the parser meets the first one first.
/// </summary>
internal sealed class Lexer
{
    private readonly string _source;
    private int _position;
    private int _counted;
    private int _line = 1;

    public Lexer(string source)
    {
        var lines = source.Contains('\r')
            ? source.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
            : source;
        _source = lines.EndsWith('\n') ? lines[..^1] : lines;
    }

    /// <summary>The line at the position that was read to.</summary>
    private int Line
    {
        get
        {
            _line += _source.AsSpan(_counted.._position).Count('\n');
            _counted = _position;
            return _line;
        }
    }

    public IEnumerable<Token> Tokens()
    {
        while (_position < _source.Length)
        {
            if (Data() is { } data)
            {
                yield return data;
            }

            foreach (var token in Tag())
            {
                yield return token;
            }
        }
    }

    /// <summary>The text before the next tag; null where there is none left after whitespace control.</summary>
    private Token? Data()
    {
        var line = Line;
        var start = _position;
        _position = NextTag(start);
        var isStripped = _position + 2 < _source.Length && _source[_position + 2] == '-';
        var text = isStripped ? PyText.TrimEnd(_source[start.._position]) : _source[start.._position];
        return text.Length > 0 ? new(TokenKind.Data, text, null, line) : null;
    }

    private int NextTag(int from)
    {
        while (_source.IndexOf('{', from) is >= 0 and var found)
        {
            if (found + 1 < _source.Length && _source[found + 1] is '{' or '%' or '#')
            {
                return found;
            }

            from = found + 1;
        }

        return _source.Length;
    }

    private IEnumerable<Token> Tag()
    {
        if (_position >= _source.Length)
        {
            return [];
        }

        var kind = _source[_position + 1];
        if (kind == '%' && RawTag.TryOpen(_source, _position, out var afterRaw))
        {
            _position = afterRaw;
            return Raw();
        }

        var line = Line;
        _position += _position + 2 < _source.Length && _source[_position + 2] is '-' or '+' ? 3 : 2;
        return kind switch
        {
            '#' => Comment(line),
            '%' => Code(new(TokenKind.BlockBegin, "{%", null, line), "%}", TokenKind.BlockEnd),
            _ => Code(new(TokenKind.VariableBegin, "{{", null, line), "}}", TokenKind.VariableEnd),
        };
    }

    private IEnumerable<Token> Raw()
    {
        var line = Line;
        if (!RawTag.TryClose(_source, _position, out var start, out var end))
        {
            // Nothing at all after the tag is let through, as Jinja does.
            return _position >= _source.Length ? [] : throw Error("Missing end of raw directive", line);
        }

        var text = _source[_position..start];
        _position = end;
        text = _source[start + 2] == '-' ? PyText.TrimEnd(text) : text;
        return text.Length > 0 ? [new(TokenKind.Data, text, null, line)] : [];
    }

    private IEnumerable<Token> Comment(int line)
    {
        var end = _source.IndexOf("#}", _position, StringComparison.Ordinal);
        if (end < 0)
        {
            var isEmpty = _position >= _source.Length;
            _position = _source.Length;
            return isEmpty ? [] : throw Error("Missing end of comment tag", line);
        }

        var isStripped = end > _position && _source[end - 1] == '-';
        _position = end + 2;
        SkipSpace(isStripped);
        return [];
    }

    private IEnumerable<Token> Code(Token begin, string closing, TokenKind endKind)
    {
        yield return begin;
        var scanner = new CodeScanner(_source, closing);
        while (_position < _source.Length)
        {
            var line = Line;
            if (scanner.TryClose(ref _position))
            {
                yield return new(endKind, closing, null, line);
                yield break;
            }

            if (scanner.Next(ref _position, line) is { } token)
            {
                yield return token;
            }
        }
    }

    private void SkipSpace(bool isAsked)
    {
        while (isAsked && _position < _source.Length && PyText.IsSpace(_source[_position]))
        {
            _position++;
        }
    }

    private static JinjaException Error(string message, int line) => new(JinjaErrorKind.Syntax, message, line);
}
