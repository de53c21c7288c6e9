using Recoup.Lakehouse.FlinkSql.Syntax;

namespace Recoup.Lakehouse.FlinkSql.Planning;

/// <summary>How often each view is mentioned in what the inserts reach.</summary>
internal sealed class MentionCounter
{
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CreateView> views;

    public MentionCounter(Script script, Dictionary<string, CreateView> views)
    {
        this.views = views;
        foreach (var statement in script.Statements)
        {
            foreach (var insert in statement is StatementSet set ? set.Inserts : statement is InsertStatement single ? [single] : [])
            {
                Visit(insert.Query);
            }
        }
    }

    public int Of(string view) => counts.GetValueOrDefault(view);

    private void Visit(QueryTree query)
    {
        foreach (var table in query.With)
        {
            Visit(table.Query);
        }

        foreach (var select in query.UnionAll)
        {
            Visit(select.From);
        }
    }

    private void Visit(FromItem? item)
    {
        switch (item)
        {
            case FromTable table:
                Mention(table.Name);
                break;
            case FromTumble tumble:
                Mention(tumble.Table);
                break;
            case FromQuery query:
                Visit(query.Query);
                break;
            case FromUnnest unnest:
                Visit(unnest.Left);
                break;
        }
    }

    /// <summary>What a view reads counts once, however often the view itself is read: it is bound once.</summary>
    private void Mention(ObjectName name)
    {
        counts[name.Last] = Of(name.Last) + 1;
        if (Of(name.Last) == 1 && views.TryGetValue(name.Last, out var view))
        {
            Visit(view.Query);
        }
    }
}
