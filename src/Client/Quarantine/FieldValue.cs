using System.CommandLine;
using System.Text.Json;

namespace Recoup.Client.Quarantine;

/// <summary>A field and its right value, <c>--set field=value</c>: JSON where the value is JSON, else a text.</summary>
internal static class FieldValue
{
    public static Option<Dictionary<string, JsonElement>> Option() => new("--set")
    {
        HelpName = "field=value",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        Description = "A field's right value: currency=USD, amount_minor=4999, attempt=null, decision.method=same_card. JSON where it is JSON ('\"123\"' is a text of digits), else a text. Can be repeated.",
        DefaultValueFactory = _ => [],
        CustomParser = result =>
        {
            var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            foreach (var token in result.Tokens)
            {
                var parts = token.Value.Split('=', 2);
                if (parts.Length == 2 && parts[0].Split('.').All(name => name.Length > 0))
                {
                    values[parts[0]] = Read(parts[1]);
                }
                else
                {
                    result.AddError($"'{token.Value}' sets nothing: write field=value, such as currency=USD.");
                }
            }

            return values;
        },
    };

    private static JsonElement Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(text);
        }
    }
}
