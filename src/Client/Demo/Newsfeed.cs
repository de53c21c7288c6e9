using Recoup.Client.Payments;
using Recoup.Payments;
using Recoup.Silo.Workflows.Timelines;

namespace Recoup.Client.Demo;

/// <summary>The newest things that happened to payments, newest first.</summary>
internal sealed class Newsfeed
{
    private const int LinesMax = 8;

    private readonly Lock gate = new();
    private readonly LinkedList<News> lines = [];

    public IReadOnlyList<News> Lines
    {
        get
        {
            lock (gate)
            {
                return [.. lines];
            }
        }
    }

    /// <summary>Payments that succeed at once are no news: there are too many.</summary>
    public void Add(PaymentView payment)
    {
        if (Say(payment) is not { } what)
        {
            return;
        }

        lock (gate)
        {
            lines.AddFirst(new News(payment.PaymentId, payment.Status, what));
            if (lines.Count > LinesMax)
            {
                lines.RemoveLast();
            }
        }
    }

    private static string? Say(PaymentView payment) => payment.Status switch
    {
        PaymentStatus.Recovering => $"declined: {payment.FailureCode}" + (payment.Decisions is [.., var newest] ? $", then {Wording.Of(newest.Method)}" : ""),
        PaymentStatus.Recovered => $"{payment.Amount()} at attempt {payment.Attempts.Count}",
        PaymentStatus.Failed => $"{payment.FailureCode} after {payment.Attempts.Count} attempts",
        PaymentStatus.Blocked => $"fraud: {string.Join(", ", payment.FraudReasons)}",
        PaymentStatus.Refunded or PaymentStatus.Disputed or PaymentStatus.Cancelled => payment.Amount().ToString(),
        _ => null,
    };
}

internal sealed record News(string PaymentId, PaymentStatus Status, string What);
