using Microsoft.Extensions.Time.Testing;
using Recoup.Client.CommandLine;
using Recoup.Client.Simulate;

namespace Recoup.Client.Tests.Simulate;

[TestClass]
public sealed class PersistentCallerTests
{
    private readonly FakeTimeProvider clock = new() { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };
    private int retries;

    [TestMethod]
    public async Task CallAsync_SiloComesBack_IsAnswered()
    {
        var calls = 0;
        var answer = Caller().CallAsync("order 1", () => ++calls < 4 ? throw new TimeoutException("no answer") : Task.FromResult(calls), CancellationToken.None);

        Assert.AreEqual(4, await AdvanceUntilDone(answer));
        Assert.AreEqual(3, retries);
    }

    [TestMethod]
    public async Task CallAsync_SiloStaysAway_FailsWithWhatToDo()
    {
        var answer = Caller().CallAsync<int>("order 17", () => throw new TimeoutException("no answer"), CancellationToken.None);

        var failure = await Assert.ThrowsExactlyAsync<CommandFailedException>(() => AdvanceUntilDone(answer));
        StringAssert.Contains(failure.Message, "order 17");
        StringAssert.Contains(failure.Remedy, "not taken twice");
    }

    [TestMethod]
    public async Task CallAsync_CallIsWrong_IsNotRepeated()
    {
        await Assert.ThrowsExactlyAsync<CommandFailedException>(() =>
            Caller().CallAsync<int>("order 1", () => throw new ArgumentException("bad"), CancellationToken.None));

        Assert.AreEqual(0, retries);
    }

    private PersistentCaller Caller() => new(TimeSpan.FromSeconds(10), clock, () => retries++);

    private async Task<T> AdvanceUntilDone<T>(Task<T> answer)
    {
        while (!answer.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await answer;
    }
}
