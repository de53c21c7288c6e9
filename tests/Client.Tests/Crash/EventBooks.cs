using Recoup.Client.Events;
using Recoup.Events;

namespace Recoup.Client.Tests.Crash;

/// <summary>A payment whose outbox is empty: how many events it has had, and which attempts have a known result.</summary>
internal sealed record ToldPayment(string PaymentId, int Events, IReadOnlyList<(int Number, bool Succeeded)> Attempts);

/// <summary>What the event log holds of the payments, read with a client of its own.</summary>
internal sealed class EventBooks
{
    private readonly Dictionary<string, List<LoggedEvent>> byPayment = new(StringComparer.Ordinal);

    public int Records { get; private set; }

    /// <summary>Records whose event was in the log already.</summary>
    public int Repeated { get; private set; }

    public static EventBooks Read(string servers, CancellationToken cancellationToken)
    {
        var books = new EventBooks();
        using var log = EventLog.Open(servers, "crash-test", new Dictionary<string, string>());
        foreach (var one in log.Read([Topics.Charges, Topics.Refunds, Topics.Disputes], EventStart.Beginning, follow: false, cancellationToken))
        {
            books.Add(one);
        }

        return books;
    }

    /// <summary>Exactly the events that the state implies: each number once, in order within a topic, and every attempt's result among them.</summary>
    public void AssertHolds(ToldPayment payment, string context)
    {
        var events = byPayment.GetValueOrDefault(payment.PaymentId) ?? [];
        var numbers = events.Select(Number).ToArray();
        CollectionAssert.AreEqual(
            Enumerable.Range(1, payment.Events).ToArray(), numbers.Order().ToArray(), $"{context}: events of {payment.PaymentId} are {string.Join(", ", numbers)}");
        foreach (var topic in events.GroupBy(one => one.Topic))
        {
            CollectionAssert.AreEqual(topic.Select(Number).Order().ToArray(), topic.Select(Number).ToArray(), $"{context}: order of {payment.PaymentId} in {topic.Key}");
        }

        foreach (var (number, succeeded) in payment.Attempts)
        {
            var type = succeeded ? "charge.succeeded" : "charge.failed";
            Assert.IsTrue(
                events.Any(one => one.EventType == type && one.Text("attempt") == $"{number}"), $"{context}: attempt {number} of {payment.PaymentId} has no {type}");
        }
    }

    private static int Number(LoggedEvent one) => int.Parse(one.EventId[(one.EventId.LastIndexOf(':') + 1)..], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Keeps the first of equal events: the one that a reader sees first.</summary>
    private void Add(LoggedEvent one)
    {
        Records++;
        if (!byPayment.TryGetValue(one.Key!, out var events))
        {
            byPayment[one.Key!] = events = [];
        }

        if (events.Find(known => known.EventId == one.EventId) is not { } first)
        {
            events.Add(one);
            return;
        }

        Repeated++;
        Assert.AreEqual(first.Value!.ToJsonString(), one.Value!.ToJsonString(), $"{one.EventId} was published with two values");
    }
}
