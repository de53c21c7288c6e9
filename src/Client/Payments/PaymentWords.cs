using Recoup.Amounts;
using Recoup.Payments;
using Spectre.Console;

namespace Recoup.Client.Payments;

/// <summary>How payments are put into words and colours, the same on every screen.</summary>
internal static class PaymentWords
{
    public static Money Amount(this PaymentView payment) => new(payment.AmountMinor, payment.Currency);

    public static Color ColorOf(PaymentStatus status) => status switch
    {
        PaymentStatus.Succeeded or PaymentStatus.Recovered => Color.Green,
        PaymentStatus.Failed or PaymentStatus.Blocked or PaymentStatus.Disputed => Color.Red,
        PaymentStatus.Recovering or PaymentStatus.Charging => Color.Yellow,
        PaymentStatus.Cancelled or PaymentStatus.Refunded => Color.Grey,
        _ => Color.Default,
    };

    /// <summary>Code and what the network added to it: <c>insufficient_funds (network 51, advice 24)</c>.</summary>
    public static string Decline(AttemptView attempt)
    {
        var code = attempt.FailureCode ?? "no reason given";
        if (attempt.DeclineCode is { } finer && finer != attempt.FailureCode)
        {
            code += $"/{finer}";
        }

        var network = new[] { Named("network", attempt.NetworkCode), Named("advice", attempt.AdviceCode) }.OfType<string>().ToArray();
        return network.Length == 0 ? code : $"{code} ({string.Join(", ", network)})";
    }

    private static string? Named(string name, string? code) => code is null ? null : $"{name} {code}";
}
