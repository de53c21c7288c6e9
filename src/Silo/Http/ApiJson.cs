using System.Text.Json;

namespace Recoup.Silo.Http;

/// <summary>Makes ASP.NET write JSON as the rest of Recoup does; its options object cannot be replaced, so the settings are carried over.</summary>
internal static class ApiJson
{
    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = RecoupJson.Options.PropertyNamingPolicy;
        options.Encoder = RecoupJson.Options.Encoder;
        options.NumberHandling = RecoupJson.Options.NumberHandling;
        foreach (var converter in RecoupJson.Options.Converters)
        {
            options.Converters.Add(converter);
        }
    }
}
