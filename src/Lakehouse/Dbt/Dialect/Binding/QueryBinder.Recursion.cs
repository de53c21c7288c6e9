using Recoup.Lakehouse.Dbt.Dialect.Syntax;
using Recoup.Lakehouse.Dbt.Dialect.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>
/// WITH RECURSIVE as Trino runs it: the step is unrolled so many times, and a step after the last that still has rows fails. So the recursion
/// is written out, and DuckDB's own, which knows no such end, is not used.
/// </summary>
internal sealed partial class QueryBinder
{
    /// <summary>Trino's <c>max_recursion_depth</c>, where nobody set another.</summary>
    private const int Depth = 10;

    private const string TooDeep = "L21: the recursion goes deeper than 10 steps, where Trino ends it with an error";

    /// <summary>With RECURSIVE, a query that does not read itself is one like any other.</summary>
    private BoundQuery BindMaybeRecursive(NamedQuery part)
    {
        if (part.Query is not { With: [], OrderBy: [], Limit: null, Offset: null, Body: SetBody { Operator: "UNION" } union })
        {
            return BindUnlessItReadsItself(part);
        }

        var anchor = WatchedFor(part, new BoundQuery("", null), out var usesInAnchor).BindBody(union.Left, null);
        var (step, uses) = usesInAnchor() == 0 ? BindStep(part, union.Right, anchor) : (anchor, usesInAnchor());
        if (uses == 0)
        {
            return BindNamed(part);
        }

        return usesInAnchor() == 0 && uses == 1 && union.IsAll && part.Columns.Count > 0 && IsPlainStep(union.Right, part.Name)
            ? Unrolled(part, anchor, step)
            : throw context.Refuse(
                "L21",
                part.Line,
                $"{part.Name} reads itself in a form that Trino refuses, or may refuse",
                "Name its columns, as in t(n), and write one SELECT without itself, UNION ALL, and one SELECT that has it once in FROM");
    }

    private BoundQuery BindUnlessItReadsItself(NamedQuery part)
    {
        var bound = WatchedFor(part, new BoundQuery("", null), out var uses).BindNamed(part);
        return uses() == 0 ? bound : throw context.Refuse("L21", part.Line, $"{part.Name} reads itself and is no union of two queries", "Write WITH RECURSIVE t(n) AS (SELECT ... UNION ALL SELECT ... FROM t)");
    }

    private (BoundQuery Step, int Uses) BindStep(NamedQuery part, QueryBody body, BoundQuery anchor)
    {
        var step = WatchedFor(part, Renamed(anchor, part.Columns, part.Line), out var uses).BindBody(body, null);
        return (step, uses());
    }

    private QueryBinder WatchedFor(NamedQuery part, BoundQuery itself, out Func<int> uses)
    {
        var count = 0;
        uses = () => count;
        return new QueryBinder(context, With(part.Name, itself with { Used = () => count++ }));
    }

    /// <summary>The query stands in FROM itself: alone, or joined without an outer side.</summary>
    private static bool IsPlainStep(QueryBody step, string name) =>
        step is SelectBody { IsDistinct: false, GroupBy: [], Having: null, From: { } from } && IsJoinedPlainly(from, name);

    private static bool IsJoinedPlainly(FromItem item, string name) => item switch
    {
        TableItem { Name: [var table] } => Scope.Equal(table, name),
        JoinItem { Kind: "INNER" or "CROSS" } join => IsJoinedPlainly(join.Left, name) || IsJoinedPlainly(join.Right, name),
        _ => false,
    };

    private BoundQuery Unrolled(NamedQuery part, BoundQuery anchor, BoundQuery step)
    {
        var columns = Renamed(anchor, part.Columns, part.Line).Columns ?? throw context.TypeNotKnown(part.Line, "a recursion");
        var converted = Converted(step, StepTypes(part, columns, step));
        var names = Enumerable.Range(0, Depth + 2).Select(_ => context.NewName("step")).ToList();
        IEnumerable<string> steps = names.Skip(1).Select((name, before) => Named(name, part.Columns, $"WITH {Named(part.Name, part.Columns, $"SELECT * FROM {names[before]}")} {converted}"));
        var all = string.Join(" UNION ALL ", names.SkipLast(1).Select(name => $"SELECT * FROM {name}"));
        var end = $"SELECT * FROM {names[^1]} WHERE CAST(error({Quoted.Text(TooDeep)}) AS BOOLEAN)";
        string[] parts = [Named(names[0], part.Columns, anchor.Sql), .. steps, Named(part.Name, part.Columns, $"{all} UNION ALL {end}")];
        return new BoundQuery(string.Join(", ", parts), columns);
    }

    /// <summary>The step's columns take the types of the anchor's, and must convert to them unasked.</summary>
    private List<TrinoType> StepTypes(NamedQuery part, IReadOnlyList<BoundColumn> columns, BoundQuery step)
    {
        var types = columns.Select(column => column.Type).ToList();
        var found = step.Columns ?? throw context.TypeNotKnown(part.Line, "a recursion");
        if (types.Concat(found.Select(column => column.Type)).Any(type => !type.IsKnown))
        {
            throw context.TypeNotKnown(part.Line, "a recursion");
        }

        return found.Count == types.Count && found.Zip(types).All(pair => TypeRules.Common(pair.First.Type, pair.Second)?.Same(pair.Second) == true)
            ? types
            : throw context.Refuse("L21", part.Line, $"the recursion step of {part.Name} has other columns, or types that do not convert to those of its first part, which Trino refuses", "CAST the first part's columns to the wider type");
    }
}
