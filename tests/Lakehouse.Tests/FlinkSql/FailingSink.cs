using Recoup.Lakehouse.FlinkSql.Planning;
using Recoup.Lakehouse.FlinkSql.Running;

namespace Recoup.Lakehouse.Tests.FlinkSql;

/// <summary>Fails before a commit (nothing happened) or after one (the answer is lost), at random.</summary>
internal sealed class FailingSink(ITableSink inner, Random random) : ITableSink
{
    public int Failures { get; private set; }

    public List<int> Days { get; } = [];

    public Task<IReadOnlyDictionary<int, long>> ReadOffsetsAsync(CancellationToken cancellation) => inner.ReadOffsetsAsync(cancellation);

    public string? DayColumn(PlannedInsert insert) => inner.DayColumn(insert);

    public async Task CommitAsync(BatchOutput batch, CancellationToken cancellation)
    {
        FailSometimes("before");
        await inner.CommitAsync(batch, cancellation);
        FailSometimes("after");
    }

    private void FailSometimes(string when)
    {
        if (random.Next(4) == 0)
        {
            Failures++;
            throw new IOException($"The machine stopped {when} the commit.");
        }
    }
}
