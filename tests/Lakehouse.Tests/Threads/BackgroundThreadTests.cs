using Recoup.Lakehouse.Threads;

namespace Recoup.Lakehouse.Tests.Threads;

[TestClass]
public sealed class BackgroundThreadTests
{
    [TestMethod]
    public async Task Run_WorkThatAwaits_StaysOnTheOneThread()
    {
        using var background = new BackgroundThread();
        var threads = await background.RunAsync(async () =>
        {
            var before = Environment.CurrentManagedThreadId;
            await Task.Yield();
            return (before, Environment.CurrentManagedThreadId, Thread.CurrentThread.IsThreadPoolThread);
        });

        Assert.AreEqual((threads.before, threads.before, false), threads);
    }

    [TestMethod]
    public async Task Run_WorkThatThrows_ThrowsAndTheThreadGoesOn()
    {
        using var background = new BackgroundThread();
        await Assert.ThrowsExactlyAsync<InvalidDataException>(() => background.RunAsync<int>(() => throw new InvalidDataException()));
        Assert.AreEqual(7, await background.RunAsync(() => Task.FromResult(7)));
    }

    [TestMethod]
    public async Task Dispose_WorkThatAwaitsStill_GoesOnInThePool()
    {
        var background = new BackgroundThread();
        var gate = new TaskCompletionSource();
        var waiting = background.RunAsync(async () =>
        {
            await gate.Task;
            return Thread.CurrentThread.IsThreadPoolThread;
        });
        await background.RunAsync(() => Task.FromResult(0));
        background.Dispose();
        gate.SetResult();

        Assert.IsTrue(await waiting);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task Run_OnLinux_HasALowerPriorityAndGivesItToThreadsThatItStarts()
    {
        using var background = new BackgroundThread();
        var (own, started) = await background.RunAsync(() =>
        {
            var niceness = -1;
            var thread = new Thread(() => niceness = Niceness());
            thread.Start();
            thread.Join();
            return Task.FromResult((Niceness(), niceness));
        });

        Assert.IsGreaterThan(Niceness(), own);
        Assert.AreEqual(own, started);
    }

    /// <summary>Of the calling thread: the 19th field, counted from the state behind the name, which may hold blanks.</summary>
    private static int Niceness()
    {
        var text = File.ReadAllText("/proc/thread-self/stat");
        return int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[16], System.Globalization.CultureInfo.InvariantCulture);
    }
}
