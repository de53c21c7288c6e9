using Recoup.Lakehouse.FlinkSql.Planning;
using Recoup.Lakehouse.FlinkSql.Running;

namespace Recoup.Lakehouse.Bench.Throughput;

/// <summary>Notes the time at each commit: a runner learns only later that no record comes any more.</summary>
internal sealed class LastCommit(ITableSink inner, ProcessClock clock) : ITableSink
{
    public TimeSpan Wall { get; private set; }

    public TimeSpan Cpu { get; private set; }

    public Task<IReadOnlyDictionary<int, long>> ReadOffsetsAsync(CancellationToken cancellation) => inner.ReadOffsetsAsync(cancellation);

    public string? DayColumn(PlannedInsert insert) => inner.DayColumn(insert);

    public Task<IStagedBatch> StageAsync(BatchOutput batch, CancellationToken cancellation) => inner.StageAsync(batch, cancellation);

    public async Task CommitAsync(IStagedBatch batch, IReadOnlyDictionary<int, long> first, IReadOnlyDictionary<int, long> behind, CancellationToken cancellation)
    {
        await inner.CommitAsync(batch, first, behind, cancellation);
        (Wall, Cpu) = (clock.Wall, clock.CpuUsed);
    }
}
