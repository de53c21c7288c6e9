using System.Text.Json;
using Recoup.Amounts;

namespace Recoup.Webhooks;

/// <summary>One event while it is being read: where its object is, what all of its facts share, and the faults that were met.</summary>
internal sealed class EventReading
{
    public required WebhookEvent Event { get; init; }
    public required JsonElement Root { get; init; }

    /// <summary>The thing that the event is about.</summary>
    public required JsonElement Object { get; init; }

    /// <summary>Where <see cref="Object"/> stands in the body, for messages.</summary>
    public required string ObjectPath { get; init; }
    public required string MerchantId { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }

    public List<FieldFault> Faults { get; } = [];

    public string InboxKey => WebhookKeys.Inbox(Event.Provider, Event.EventId, Event.EventType);

    /// <summary>Contract: a payment without a customer belongs to <c>cus_unknown_{object id}</c>.</summary>
    public string UnknownCustomer => $"cus_unknown_{Object.Text("id") ?? Root.Text("data.id") ?? Event.EventId}";

    public ProviderEvent Kept(string note) => ProviderEvent.Kept(MerchantId, note) with { Faults = Faults };

    /// <summary>Money at the first of the paths that is there; null, with a fault where one can be named, when it cannot be told.</summary>
    public Money? Amount(string currencyPath, params ReadOnlySpan<string> amountPaths)
    {
        foreach (var path in amountPaths)
        {
            if (Object.At(path).IsPresent())
            {
                return Check(path, currencyPath, LenientJson.AsInteger(Object.At(path)), Object.Text(currencyPath)?.ToUpperInvariant());
            }
        }

        return null;
    }

    /// <summary>Square's <c>{"amount":100,"currency":"USD"}</c> at the first of the paths that is there.</summary>
    public Money? SquareMoney(params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            if (Object.At(path).IsPresent())
            {
                return Amount(path + ".currency", path + ".amount");
            }
        }

        return null;
    }

    /// <summary>Money as it stands at two paths; the amount is null where what stands there is no whole number.</summary>
    public Money? Check(string amountPath, string currencyPath, long? minor, string? currency)
    {
        if (minor is null or < 0)
        {
            Faults.Add(new FieldFault($"{ObjectPath}.{amountPath}", "is not a whole number of minor units, 0 or more"));
            return null;
        }

        if (minor == 0)
        {
            // Nothing moves: trials and set-ups come in every currency.
            return Money.Zero(currency ?? "");
        }

        if (currency is null)
        {
            return null;
        }

        if (!Currency.IsSupported(currency))
        {
            Faults.Add(new FieldFault($"{ObjectPath}.{currencyPath}", $"is not a supported currency: {string.Join(", ", Currency.Supported)}"));
            return null;
        }

        if (minor > Currency.AmountMinorMax(currency))
        {
            Faults.Add(new FieldFault($"{ObjectPath}.{amountPath}", $"is larger than {Currency.MajorUnitsMax} {currency}, the most that one payment may be"));
            return null;
        }

        return new Money(minor.Value, currency);
    }
}
