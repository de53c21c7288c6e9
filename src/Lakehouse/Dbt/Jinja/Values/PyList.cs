namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>Python's list: changed in place by its methods, so one list may have many names.</summary>
internal sealed class PyList : List<object?>
{
    public PyList()
    {
    }

    public PyList(IEnumerable<object?> items)
        : base(items)
    {
    }
}
