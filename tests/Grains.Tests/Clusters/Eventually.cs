namespace Recoup.Grains.Tests.Clusters;

/// <summary>Waits for what a grain does by itself: asks again and again, without a fixed pause, until a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static async Task HoldsAsync(Func<Task<bool>> condition, string what)
    {
        using var patience = new CancellationTokenSource(Deadline);
        while (!await condition())
        {
            Assert.IsFalse(patience.IsCancellationRequested, $"not within {Deadline}: {what}");
            await Task.Yield();
        }
    }
}
