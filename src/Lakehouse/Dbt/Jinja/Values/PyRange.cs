using System.Collections;

namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>Python's range, as dbt's sandbox allows it: at most 100,000 items.</summary>
internal sealed class PyRange : IEnumerable<object?>
{
    private const int ItemsMax = 100_000;

    public PyRange(long start, long stop, long step)
    {
        if (step == 0)
        {
            throw JinjaException.Runtime("range() arg 3 must not be zero");
        }

        (Start, Stop, Step) = (start, stop, step);
        var span = step > 0 ? (Int128)stop - start : (Int128)start - stop;
        var size = Int128.Abs(step);
        var count = span <= 0 ? 0 : (span + size - 1) / size;
        if (count > ItemsMax)
        {
            throw JinjaException.Runtime($"Range too big. The sandbox blocks ranges larger than MAX_RANGE ({ItemsMax}).");
        }

        Count = (int)count;
    }

    public long Start { get; }

    public long Stop { get; }

    public long Step { get; }

    public int Count { get; }

    public long this[int index] => Start + (index * Step);

    public override string ToString() => Step == 1 ? $"range({Start}, {Stop})" : $"range({Start}, {Stop}, {Step})";

    public IEnumerator<object?> GetEnumerator()
    {
        for (var index = 0; index < Count; index++)
        {
            yield return this[index];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
