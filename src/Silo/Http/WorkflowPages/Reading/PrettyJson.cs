using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Recoup.Silo.Http.WorkflowPages.Reading;

/// <summary>JSON for people: indented, letters of all languages as they are. The page encodes it like any other text.</summary>
internal static class PrettyJson
{
    /// <summary>A payload may have megabytes; a page with some hundred of them must stay readable.</summary>
    private const int LengthMax = 20_000;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonElement value)
    {
        var text = JsonSerializer.Serialize(value, Indented);
        return text.Length <= LengthMax
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, LengthMax)}\n… {text.Length - LengthMax} more characters are not shown.");
    }
}
