using Microsoft.Extensions.Time.Testing;
using Recoup.Embedded.Temporal.Matching;
using Recoup.Embedded.Temporal.Storage;

namespace Recoup.Embedded.Temporal.Tests.Matching;

[TestClass]
public sealed class TaskQueueTests
{
    private static readonly QueueKey Key = new("default", "q", TaskQueueType.Activity);
    private readonly FakeTimeProvider clock = new();

    [TestMethod]
    public async Task Poll_WithTasksWaiting_TakesTheOldest()
    {
        var queue = new TaskQueue(Key, clock);
        queue.Add(Task(1));
        queue.Add(Task(2));

        Assert.AreEqual(Task(1), (await queue.Poll("a", "").Handed).Task);
        Assert.AreEqual(1, queue.Describe().Backlog);
    }

    [TestMethod]
    public async Task Add_WithPollersWaiting_GoesToTheFirst()
    {
        var queue = new TaskQueue(Key, clock);
        var first = queue.Poll("a", "");
        var second = queue.Poll("b", "");
        queue.Add(Task(1));

        Assert.AreEqual(Task(1), (await first.Handed).Task);
        Assert.IsFalse(second.Handed.IsCompleted);
    }

    [TestMethod]
    public async Task Leave_BeforeATaskCame_LeavesItForTheNext()
    {
        var queue = new TaskQueue(Key, clock);
        var gone = queue.Poll("a", "");
        gone.Leave();
        queue.Add(Task(1));

        Assert.IsNull((await gone.Handed).Task);
        Assert.AreEqual(Task(1), (await queue.Poll("b", "").Handed).Task);
    }

    [TestMethod]
    public void Hand_AfterAReservedPollerLeft_SaysSo()
    {
        var queue = new TaskQueue(Key, clock);
        queue.Poll("a", "");
        var reserved = queue.TryReserve()!;
        reserved.Leave();

        Assert.IsFalse(reserved.Hand(new Handed(null, Task(1))), "the task must be taken back");
    }

    [TestMethod]
    public void WasPolledRecently_AfterTenSeconds_IsNot()
    {
        var queue = new TaskQueue(Key, clock);
        queue.Poll("a", "").Leave();
        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.IsTrue(queue.WasPolledRecently());

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.IsFalse(queue.WasPolledRecently());
    }

    [TestMethod]
    public async Task ShutDown_WithTasksAndPollers_GivesTheTasksBackAndEndsTheCalls()
    {
        var queue = new TaskQueue(Key, clock);
        queue.Add(Task(1));
        Assert.HasCount(1, queue.ShutDown());

        var poller = queue.Poll("a", "");
        queue.ShutDown();
        Assert.IsNull((await poller.Handed).Task);
        Assert.IsFalse(queue.WasPolledRecently());
    }

    private static QueuedActivity Task(long key) => new(new ExecutionKey("default", "w"), key, 5, 1);
}
