namespace Recoup.Lakehouse.Dbt.Selection;

/// <summary>A selection as a tree.</summary>
internal abstract record Selection
{
    /// <summary><c>--select</c> and <c>--exclude</c> as on the command line: words are united, commas intersect.</summary>
    public static Selection FromWords(IReadOnlyList<string> select, IReadOnlyList<string> exclude)
    {
        Selection included = select.Count == 0 ? new Everything() : Union(select);
        return exclude.Count == 0 ? included : new Difference(included, Union(exclude));
    }

    public static Selection Union(IReadOnlyList<string> texts) => new AnyOf([.. texts.SelectMany(text => text.Split(' ')).Select(Intersection)]);

    private static Selection Intersection(string word) => new AllOf([.. word.Split(',').Select(part => new Single(SelectionCriterion.Parse(part)))]);

    internal sealed record Everything : Selection;

    internal sealed record Single(SelectionCriterion Criterion) : Selection;

    internal sealed record AnyOf(IReadOnlyList<Selection> Parts) : Selection;

    internal sealed record AllOf(IReadOnlyList<Selection> Parts) : Selection;

    internal sealed record Difference(Selection From, Selection Without) : Selection;
}
