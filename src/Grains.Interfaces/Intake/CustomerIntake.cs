using System.Text.Json;
using Recoup.Customers;

namespace Recoup.Intake;

/// <summary>Turns the body of <c>PUT /customers/{id}</c> into a profile. Pure but for the machine's list of time zones.</summary>
public static class CustomerIntake
{
    public const int CardsMax = 50;

    /// <summary>Reads the profile and notes what is wrong; it is usable only while <paramref name="errors"/> is empty.</summary>
    public static CustomerProfile Read(JsonElement body, FieldErrors errors)
    {
        InputDocument.RefuseCardNumbers(body, errors);
        var fields = new InputFields(body, errors);
        return new() { TimeZone = ReadTimeZone(fields), Cards = ReadCards(fields) };
    }

    private static string? ReadTimeZone(InputFields fields)
    {
        var zone = fields.Text("time_zone");
        if (zone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            fields.Errors.Add("time_zone", "must be an IANA name, such as America/New_York");
        }

        return zone;
    }

    private static List<CustomerCard>? ReadCards(InputFields fields)
    {
        if (!fields.TryGet("cards", out var list))
        {
            return null;
        }

        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > CardsMax)
        {
            fields.Errors.Add("cards", $"must be a list of at most {CardsMax} cards");
            return null;
        }

        return [.. list.EnumerateArray().Select((card, index) => ReadCard(card, index, fields.Errors))];
    }

    private static CustomerCard ReadCard(JsonElement card, int index, FieldErrors errors)
    {
        if (card.ValueKind != JsonValueKind.Object)
        {
            errors.Add($"cards[{index}]", "must be an object with card_id");
            return new() { CardId = "" };
        }

        var fields = new InputFields(card, errors, $"cards[{index}].");
        return new()
        {
            CardId = fields.RequiredText("card_id"),
            CardNetwork = fields.Text("card_network", lengthMax: 32)?.ToLowerInvariant(),
            CardCountry = fields.Country("card_country"),
        };
    }
}
