using System.CommandLine;
using System.Globalization;

namespace Recoup.Client.Simulate.Injection;

internal static class BadRecordOption
{
    public static Option<double> Create()
    {
        var option = new Option<double>("--bad-records")
        {
            HelpName = "share",
            Description = string.Create(CultureInfo.InvariantCulture, $"Bad records sent straight to the topics, a share of the orders (0 to 1; {BadRecordPlan.DefaultShare} unless given): there is something to see in quarantine."),
            DefaultValueFactory = _ => BadRecordPlan.DefaultShare,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && double.TryParse(result.Tokens[^1].Value, CultureInfo.InvariantCulture, out var share) && share is not (>= 0 and <= 1))
            {
                result.AddError("--bad-records must be a share from 0 to 1.");
            }
        });
        return option;
    }
}
