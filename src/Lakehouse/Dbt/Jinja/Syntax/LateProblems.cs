namespace Recoup.Lakehouse.Dbt.Jinja.Syntax;

/// <summary>
/// What Jinja refuses only after the whole template was read. A filter or test that does not exist is forgiven inside <c>if</c>,
/// where only using it fails; but not in a loop or macro there.
/// </summary>
internal sealed class LateProblems
{
    private readonly List<(int Order, string Message, int Line)> _found = [];
    private readonly List<(int Order, string Message, int Line)> _final = [];
    private JinjaException? _last;
    private int _order;

    public int Mark => _found.Count;

    public void Add(string message, int line) => _found.Add((_order++, message, line));

    /// <summary>What was found since the mark stands inside <c>if</c>.</summary>
    public void Forgive(int mark) => _found.RemoveRange(mark, _found.Count - mark);

    /// <summary>What was found since the mark stands in a scope of its own.</summary>
    public void Harden(int mark)
    {
        _final.AddRange(_found.Skip(mark));
        Forgive(mark);
    }

    public void AddFinal(string message, int line) => _final.Add((_order++, message, line));

    /// <summary>What Python refuses when it compiles what Jinja made of the template.</summary>
    public void AddLast(string message) => _last ??= new JinjaException(JinjaErrorKind.Syntax, message);

    /// <exception cref="JinjaException">Something was found.</exception>
    public void Check()
    {
        Harden(0);
        if (_final.Count > 0)
        {
            var (_, message, line) = _final.MinBy(problem => problem.Order);
            throw new JinjaException(JinjaErrorKind.Syntax, message, line);
        }

        if (_last is not null)
        {
            throw _last;
        }
    }
}
