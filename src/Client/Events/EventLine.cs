using System.Globalization;
using Recoup.Amounts;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Recoup.Client.Events;

/// <summary>One event on one line: when, what, about which payment, how much, why.</summary>
internal static class EventLine
{
    private const int TypeColumns = 29;

    private static readonly Style Quiet = new(Color.Grey);

    public static IRenderable Render(LoggedEvent one) => new Paragraph()
        .Append(one.PublishedAt.ToString("HH:mm:ss.fff ", CultureInfo.InvariantCulture), Quiet)
        .Append((one.EventType ?? "(no type)").PadRight(TypeColumns), new Style(ColorOf(one)))
        .Append(" " + (one.PaymentId ?? one.Key ?? "(no key)"))
        .Append(Details(one), Quiet)
        .Append("\n");

    private static string Details(LoggedEvent one)
    {
        IEnumerable<string?> parts =
        [
            Amount(one),
            one.Text("attempt") is { } attempt ? $"attempt {attempt}" : null,
            one.Text("failure_code"),
            one.Text("is_final") == "true" ? "final" : null,
            one.Reason ?? one.Text("reason"),
            one.Text("status"),
            one.InjectedBy is { } injector ? $"injected by {injector}" : null,
            $"{one.Topic}/{one.Partition}@{one.Offset}",
        ];
        return "  " + string.Join("  ", parts.Where(part => !string.IsNullOrEmpty(part)));
    }

    private static string? Amount(LoggedEvent one) =>
        long.TryParse(one.Text("amount_minor"), CultureInfo.InvariantCulture, out var minor) && one.Text("currency") is { } currency && Currency.IsSupported(currency)
            ? new Money(minor, currency).ToString()
            : null;

    private static Color ColorOf(LoggedEvent one) => one switch
    {
        { Reason: not null } => Color.Red,
        { EventType: { } type } when type.EndsWith("succeeded", StringComparison.Ordinal) => Color.Green,
        { EventType: { } type } when type.EndsWith("failed", StringComparison.Ordinal) || type.EndsWith("blocked", StringComparison.Ordinal) => Color.Red,
        _ => Color.Blue,
    };
}
