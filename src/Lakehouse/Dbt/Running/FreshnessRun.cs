using System.Globalization;
using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Projects;
using Recoup.Lakehouse.Dbt.Warehouses;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>How fresh a source is.</summary>
internal sealed record FreshnessOutcome(NodeOutcome Node, DateTimeOffset? MaxLoadedAt, DateTimeOffset SnapshottedAt);

/// <summary>The command <c>source freshness</c>: the newest row of each source that has limits, against the clock.</summary>
internal sealed class FreshnessRun(DbtSession session)
{
    public async Task<IReadOnlyList<FreshnessOutcome>> RunAsync(IEnumerable<DbtNode> sources, CancellationToken cancellation)
    {
        var outcomes = new List<FreshnessOutcome>();
        foreach (var source in sources.Where(source => source.Source!.Freshness.IsSet).OrderBy(source => source.UniqueId, StringComparer.Ordinal))
        {
            var (started, ticks) = (session.Base.Clock.GetUtcNow(), session.Base.Clock.GetTimestamp());
            var outcome = await CheckAsync(source, cancellation);
            outcomes.Add(outcome with { Node = outcome.Node with { StartedAt = started, Elapsed = session.Base.Clock.GetElapsedTime(ticks) } });
        }

        return outcomes;
    }

    private async Task<FreshnessOutcome> CheckAsync(DbtNode node, CancellationToken cancellation)
    {
        var now = session.Base.Clock.GetUtcNow();
        try
        {
            var query = Query(node);
            var answer = await session.RequireWarehouse().QueryAsync(query, cancellation);
            var newest = Time(node, answer.Rows is [[var cell, ..], ..] ? cell : null);
            return new FreshnessOutcome(new NodeOutcome(node, Status(node.Source!.Freshness, newest is null ? null : now - newest), null), newest, now);
        }
        catch (Exception failed) when (failed is WarehouseException or DbtProjectException)
        {
            var message = failed is DbtProjectException ? failed.Message : DbtProjectException.Format("Runtime Error", failed.Message, node.Place);
            return new FreshnessOutcome(new NodeOutcome(node, "runtime error", message), null, now);
        }
    }

    private static string Query(DbtNode node)
    {
        var source = node.Source!;
        if (source.LoadedAtQuery is { } query)
        {
            return query;
        }

        var field = source.LoadedAtField ?? throw DbtProjectException.Runtime(
            $"Could not compute freshness for source {node.Name}: no 'loaded_at_field' provided and the adapter does not support metadata-based freshness checks.", node.Place);
        return $"select max({field}) as max_loaded_at from {node.Relation}{(source.Freshness.Filter is { } filter ? $" where {filter}" : "")}";
    }

    private static DateTimeOffset? Time(DbtNode node, object? cell) => cell switch
    {
        null => null,
        DateTime at => new DateTimeOffset(at, TimeSpan.Zero),
        DateTimeOffset at => at,
        _ => throw DbtProjectException.Runtime(
            $"Expected a timestamp value when querying field '{node.Source!.LoadedAtField}' of table {node.Relation} but received value of type '{cell.GetType().Name}' instead: {Convert.ToString(cell, CultureInfo.InvariantCulture)}",
            node.Place),
    };

    /// <summary>A source without rows is older than any limit.</summary>
    private static string Status(Freshness freshness, TimeSpan? age) =>
        freshness.ErrorAfter is { } error && (age is null || age > error.Age) ? "error"
        : freshness.WarnAfter is { } warn && (age is null || age > warn.Age) ? "warn"
        : "pass";
}
