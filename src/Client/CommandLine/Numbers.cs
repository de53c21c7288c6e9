using System.CommandLine;
using System.Globalization;

namespace Recoup.Client.CommandLine;

/// <summary>Options that are counts or rates: nothing at or below zero is taken. What is no number at all, the library refuses by itself.</summary>
internal static class Numbers
{
    public static Option<int> Positive(string name, string description, int otherwise)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "n", DefaultValueFactory = _ => otherwise };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[^1].Value, CultureInfo.InvariantCulture, out var number) && number <= 0)
            {
                result.AddError($"{name} must be at least 1.");
            }
        });
        return option;
    }

    public static Option<double?> PositiveRate(string name, string description)
    {
        var option = new Option<double?>(name) { Description = description, HelpName = "per second" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && double.TryParse(result.Tokens[^1].Value, CultureInfo.InvariantCulture, out var number) && number is not (> 0 and < double.PositiveInfinity))
            {
                result.AddError($"{name} must be a number above 0.");
            }
        });
        return option;
    }
}
