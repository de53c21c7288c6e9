using CsCheck;
using Recoup.Streaming.Kafka.Consuming;

namespace Recoup.Streaming.Kafka.Tests.Consuming;

[TestClass]
public sealed class DeliveryProgressTests
{
    [TestMethod]
    public void Advance_NothingRead_KnowsNoOffset() => Assert.IsNull(new DeliveryProgress().Advance());

    [TestMethod]
    public void Advance_OneInTheMiddleIsOpen_StaysBeforeIt()
    {
        var progress = new DeliveryProgress();
        var first = progress.Read(5);
        progress.Read(6);
        var third = progress.Read(9);
        first.Done();
        third.Done();

        Assert.AreEqual(6, progress.Advance());
        Assert.AreEqual(2, progress.Open);
    }

    [TestMethod]
    public void Advance_AnyOrderOfDone_IsTheFirstThatIsNotDone() =>
        Gen.Select(Gen.Int[1, 50], Gen.Int[0, 1_000].Array).Sample((count, order) =>
        {
            var progress = new DeliveryProgress();
            var read = Enumerable.Range(0, count).Select(offset => progress.Read(offset * 2)).ToArray();
            foreach (var index in order.Select(number => number % count).Distinct())
            {
                read[index].Done();
                var expected = read.FirstOrDefault(offset => !offset.IsDone)?.Offset ?? read[^1].Offset + 1;
                var advanced = progress.Advance();

                // Between an offset that is done and the next record there is nothing to deliver again.
                Assert.IsTrue(advanced <= expected && advanced > expected - 2, $"{advanced} instead of {expected}");
            }
        });
}
