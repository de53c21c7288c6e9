using System.Text.Json;
using System.Text.Json.Serialization;

namespace Recoup.Strategy;

/// <summary>A rule pack as it stands in its file: facts of one network or provider, with the edition they were read in and where.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RulePackDocument
{
    /// <summary>The network whose rules these are; null in a provider's pack.</summary>
    public string? Network { get; init; }

    /// <summary>The provider whose codes these are; null in a network's pack.</summary>
    public string? Provider { get; init; }
    public required string Edition { get; init; }

    /// <summary>The first day (UTC) on which it holds; it holds until the next edition's.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary><c>primary</c>: read in the rule's own document. <c>secondary</c>: told by others.</summary>
    public required string Kind { get; init; }
    public required string Source { get; init; }
    public string? SourceUrl { get; init; }
    public string? Note { get; init; }
    public IReadOnlyList<CodeGroup> Responses { get; init; } = [];
    public CodeGroup? OtherResponses { get; init; }
    public IReadOnlyList<CodeGroup> Codes { get; init; } = [];
    public IReadOnlyList<AdviceRule> Advice { get; init; } = [];
    public IReadOnlyList<string> StopsAgreement { get; init; } = [];

    /// <summary>What a response code means, in the provider's words (<c>51</c> is <c>insufficient_funds</c>).</summary>
    public IReadOnlyDictionary<string, string> Meanings { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<AttemptLimit> Limits { get; init; } = [];
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Regions { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <exception cref="InvalidDataException">It is not such a document; the message says what is wrong in which file.</exception>
    public static RulePackDocument Parse(string file, Stream json)
    {
        try
        {
            return JsonSerializer.Deserialize<RulePackDocument>(json, RecoupJson.Options)
                ?? throw new InvalidDataException($"Rule pack {file} is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"Rule pack {file} cannot be read: {e.Message}", e);
        }
    }
}

/// <summary>Codes that are treated alike.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record CodeGroup
{
    /// <summary>The network's own name of the group: Visa's category.</summary>
    public string? Category { get; init; }
    public required DeclineClass Class { get; init; }
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>The day from which these codes belong here; null: as long as the edition holds.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>Only cards issued in these regions; none: everywhere.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];
}

/// <summary>What a merchant advice code asks for.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record AdviceRule
{
    public required string Code { get; init; }
    public required DeclineClass Class { get; init; }
    public required string Meaning { get; init; }

    /// <summary>No attempt before so many hours after the decline.</summary>
    public int? WaitHours { get; init; }

    /// <summary>The customer has cancelled the payment itself, not only the use of this card.</summary>
    public bool CancelsPayment { get; init; }
}
