using System.Globalization;
using System.Text.Json;

namespace Recoup.Webhooks;

/// <summary>
/// Reads a provider's JSON as it comes: a field that is missing, null or of another kind than expected reads as nothing, so that other API versions
/// than those we know are still understood as far as they go.
/// </summary>
internal static class LenientJson
{
    /// <summary>The value at a dotted path; <see cref="JsonValueKind.Undefined"/> where there is none.</summary>
    public static JsonElement At(this JsonElement element, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return default;
            }
        }

        return element;
    }

    public static bool IsPresent(this JsonElement element) => element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>The first path that holds a text that is not blank.</summary>
    public static string? Text(this JsonElement element, params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            if (element.At(path) is { ValueKind: JsonValueKind.String } found && found.GetString() is { } text && !string.IsNullOrWhiteSpace(text))
            {
                return text.Trim();
            }
        }

        return null;
    }

    /// <summary>The first path that holds an id: a text, or an expanded object that has one.</summary>
    public static string? Id(this JsonElement element, params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            if (element.Text(path, path + ".id") is { } id)
            {
                return id;
            }
        }

        return null;
    }

    public static bool? Flag(this JsonElement element, string path) => element.At(path).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>A whole number, also one that is written as a text; null for anything else.</summary>
    public static long? Integer(this JsonElement element, params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            if (AsInteger(element.At(path)) is { } number)
            {
                return number;
            }
        }

        return null;
    }

    public static long? AsInteger(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var number) => number,
        JsonValueKind.String when long.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    /// <summary>A moment: seconds since 1970 (Stripe) or ISO 8601 (Square); in UTC.</summary>
    public static DateTimeOffset? Time(this JsonElement element, params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            if (AsTime(element.At(path)) is { } time)
            {
                return time;
            }
        }

        return null;
    }

    /// <summary>The items of an array, or of Stripe's list object; none where neither is there.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string path)
    {
        var found = element.At(path);
        found = found.ValueKind == JsonValueKind.Object ? found.At("data") : found;
        return found.ValueKind == JsonValueKind.Array ? found.EnumerateArray() : [];
    }

    private static DateTimeOffset? AsTime(JsonElement value)
    {
        if (AsInteger(value) is { } seconds)
        {
            return seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        }

        return value.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
    }
}
