using System.Collections.Concurrent;

namespace Recoup.Lakehouse.Iceberg.Caching;

/// <summary>Keeps the values that were put in last, of files that never change.</summary>
internal sealed class BoundedCache<T>(int capacity)
    where T : class
{
    private readonly ConcurrentDictionary<string, T> values = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> order = new();

    public T? Find(string key) => values.GetValueOrDefault(key);

    public T Keep(string key, T value)
    {
        if (values.TryAdd(key, value))
        {
            order.Enqueue(key);
            while (values.Count > capacity && order.TryDequeue(out var oldest))
            {
                values.TryRemove(oldest, out _);
            }
        }

        return value;
    }
}
