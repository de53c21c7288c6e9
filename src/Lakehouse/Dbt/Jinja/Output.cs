using System.Text;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja;

/// <summary>What a template has said so far: text, or in native rendering the pieces with their types.</summary>
internal sealed class Output(bool isNative)
{
    private readonly StringBuilder _text = new();
    private readonly List<object?> _pieces = [];

    public Output Fresh() => new(isNative);

    public void Write(string text)
    {
        if (isNative)
        {
            _pieces.Add(text);
        }
        else
        {
            _text.Append(text);
        }
    }

    public void WriteValue(object? value)
    {
        if (isNative)
        {
            _pieces.Add(value);
        }
        else
        {
            _text.Append(PyValue.Text(value));
        }
    }

    /// <summary>The text of a template, macro or block.</summary>
    /// <exception cref="JinjaException">Native pieces that are no text: dbt cannot join them either.</exception>
    public string Text() => isNative ? string.Concat(_pieces.Select(Piece)) : _text.ToString();

    /// <summary>A single piece as it is; several as one text.</summary>
    public object? Native() => _pieces.Count == 1 ? _pieces[0] : string.Concat(_pieces.Select(PyValue.Text));

    private static string Piece(object? piece, int index) => piece is string or PyMarkup
        ? PyValue.Text(piece)
        : throw JinjaException.Runtime($"sequence item {index}: expected str instance, {PyType.NameOf(piece)} found");
}
