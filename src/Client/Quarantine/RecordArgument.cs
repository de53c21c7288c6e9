using System.CommandLine;
using System.CommandLine.Parsing;
using Recoup.Silo.Lake.Quarantine;

namespace Recoup.Client.Quarantine;

/// <summary>A record on the command line, as the list shows it.</summary>
internal static class RecordArgument
{
    public static Argument<RecordAddress> One() => new("record")
    {
        Description = "The record as quarantine list shows it, such as payments.charges/2/17.",
        CustomParser = result => Parse(result).FirstOrDefault(),
    };

    public static Argument<RecordAddress[]> Several() => new("record")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "Records as quarantine list shows them, such as payments.charges/2/17. Without any, those that --reason, --table, --since and --until name.",
        CustomParser = result => [.. Parse(result)],
    };

    private static List<RecordAddress> Parse(ArgumentResult result)
    {
        var addresses = new List<RecordAddress>();
        foreach (var token in result.Tokens)
        {
            if (RecordAddress.TryParse(token.Value, out var address) && ValidatedTopic.Find(address.Topic) is not null)
            {
                addresses.Add(address);
            }
            else
            {
                result.AddError($"'{token.Value}' is no record of a validated topic: write topic/partition/offset, such as payments.charges/2/17.");
            }
        }

        return addresses;
    }
}
