using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Recoup.Embedded.Temporal.Hosting;

/// <summary>The options, read and found good.</summary>
internal sealed record ServerSettings(
    IPAddress Address,
    int Port,
    IReadOnlyList<string> Namespaces,
    IReadOnlyDictionary<string, IndexedValueType> SearchAttributes,
    TimeSpan Retention);

internal static class OptionsCheck
{
    public const string DefaultNamespace = "default";

    /// <exception cref="EmbeddedTemporalException">Names the option that is wrong and what would be right.</exception>
    public static ServerSettings Parse(EmbeddedTemporalOptions options)
    {
        var problems = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true))
        {
            throw new EmbeddedTemporalException(string.Join(" ", problems.Select(problem => problem.ErrorMessage)));
        }

        if (!IPAddress.TryParse(options.Address == "localhost" ? "127.0.0.1" : options.Address, out var address))
        {
            throw new EmbeddedTemporalException($"Address (--ip) '{options.Address}' is no IP address, such as 127.0.0.1.");
        }

        if (options.Retention < TimeSpan.FromHours(1))
        {
            throw new EmbeddedTemporalException($"Retention {options.Retention} is shorter than an hour.");
        }

        if (options.TimerFloor < TimeSpan.Zero || options.TimerFloor > TimeSpan.FromMinutes(1))
        {
            throw new EmbeddedTemporalException($"TimerFloor (--timer-floor) {options.TimerFloor} is not between zero and a minute.");
        }

        return new ServerSettings(address, options.Port, [.. options.Namespaces.Append(DefaultNamespace).Distinct(StringComparer.Ordinal)], Types(options.SearchAttributes), options.Retention);
    }

    private static Dictionary<string, IndexedValueType> Types(IDictionary<string, string> wanted)
    {
        var types = new Dictionary<string, IndexedValueType>(StringComparer.Ordinal);
        foreach (var (name, type) in wanted)
        {
            types[name] = Enum.TryParse<IndexedValueType>(type, ignoreCase: true, out var parsed) && parsed != IndexedValueType.Unspecified && Enum.IsDefined(parsed)
                ? parsed
                : throw new EmbeddedTemporalException($"SearchAttributes (--search-attribute) '{name}={type}': the type is none of Text, Keyword, Int, Double, Bool, Datetime, KeywordList.");
        }

        return types;
    }
}
