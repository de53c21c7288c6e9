namespace Recoup.Webhooks;

internal static class DurableState
{
    /// <summary>Saves the next record; when the write fails the previous one is restored, so that memory never runs ahead of storage.</summary>
    public static async Task SaveAsync<T>(this IPersistentState<T> store, T next)
    {
        var previous = store.State;
        store.State = next;
        try
        {
            await store.WriteStateAsync();
        }
        catch
        {
            store.State = previous;
            throw;
        }
    }
}
