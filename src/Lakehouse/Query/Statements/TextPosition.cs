namespace Recoup.Lakehouse.Query.Statements;

/// <summary>Lines and columns of a text, both counted from 1.</summary>
internal static class TextPosition
{
    public static (int Line, int Column) Of(string text, int position)
    {
        var before = text.AsSpan(0, Math.Clamp(position, 0, text.Length));
        return (before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }
}
