namespace Recoup.Lakehouse.Dbt.Jinja.Syntax;

/// <summary>
/// Filters and tests that do not exist. Jinja refuses the template for one, except inside <c>if</c>, where only using it
/// fails; a loop or macro inside <c>if</c> is refused again.
/// </summary>
internal sealed class UnknownNames
{
    private readonly List<(string Message, int Line)> _found = [];

    public int Mark => _found.Count;

    public void Add(string message, int line) => _found.Add((message, line));

    /// <summary>What was found since the mark stands inside <c>if</c>.</summary>
    public void Forgive(int mark) => _found.RemoveRange(mark, _found.Count - mark);

    /// <exception cref="JinjaException">Something was found since the mark.</exception>
    public void Check(int mark)
    {
        if (_found.Count > mark)
        {
            throw new JinjaException(JinjaErrorKind.Syntax, _found[mark].Message, _found[mark].Line);
        }
    }
}
