using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Recoup.Client.CommandLine;
using Recoup.Client.Connections;
using Recoup.Client.Terminals;
using Recoup.Silo.Lake.Quarantine;

namespace Recoup.Client.Quarantine;

/// <summary><c>quarantine replay</c>: publishes corrected records again, one by name or many by reason. The same command again publishes nothing twice.</summary>
internal sealed class QuarantineReplayCommand : ConsoleCommand
{
    private readonly Argument<RecordAddress[]> records = RecordArgument.Several();
    private readonly FilterOptions filter = new();
    private readonly Option<Dictionary<string, JsonElement>> set = FieldValue.Option();
    private readonly Option<string?> file = new("--file") { HelpName = "file", Description = "A file with the whole corrected record (one JSON object), for one record." };
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Validate the corrected records by the same SQL and say what would happen; publish nothing." };
    private readonly Option<Uri> url;
    private readonly EnvironmentSettings settings;

    public QuarantineReplayCommand(EnvironmentSettings settings)
        : base("replay", "Publish corrected records again to their topic, linked to the originals; a replay counts once, however often it is asked for.")
    {
        this.settings = settings;
        url = ConnectionOptions.Url(settings);
        Add(records);
        filter.AddTo(this);
        foreach (var option in new Option[] { set, file, dryRun, url })
        {
            Add(option);
        }

        Validators.Add(Check);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "quarantine replay payments.charges/2/17 --set currency=USD --dry-run",
        "quarantine replay payments.charges/2/17 --set currency=USD --set card_id=null",
        "quarantine replay payments.charges/1/4 --file corrected.json",
        "quarantine replay --table payment_charges --reason unsupported_currency --since 2h --set currency=EUR",
    ];

    protected override async Task<int> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        using var silo = new SiloHttp(arguments.GetRequiredValue(url), settings);
        var plan = new ReplayPlan(
            await OriginalsAsync(arguments, silo, cancellationToken), arguments.GetRequiredValue(set), await ReadAsync(arguments.GetValue(file), cancellationToken), arguments.GetValue(dryRun));
        var run = new ReplayRun(silo, plan);
        await LiveScreen.ShowAsync(terminal, () => ReplayOutcomesScreen.Progress(run), run.RunAsync(cancellationToken));
        if (terminal.IsJson)
        {
            terminal.WriteJson(new { plan.DryRun, Total = run.Outcomes.Count, Counts = ReplayOutcomesScreen.Counts(run.Outcomes), Replays = run.Outcomes });
        }
        else
        {
            terminal.Screen.Write(ReplayOutcomesScreen.Render(run.Outcomes));
        }

        return run.Outcomes.All(outcome => outcome.Status is ReplayStatus.Published or ReplayStatus.AlreadyReplayed or ReplayStatus.WouldBePublished)
            ? ExitCodes.Success
            : ExitCodes.Failure;
    }

    /// <summary>The records named, or those that the filter names and that no replay has replaced yet.</summary>
    private async Task<IReadOnlyList<string>> OriginalsAsync(ParseResult arguments, SiloHttp silo, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(records) is { Length: > 0 } named)
        {
            return [.. named.Select(address => address.ToString()).Distinct(StringComparer.Ordinal)];
        }

        var rows = await new QuarantineReader(silo).ListAsync(filter.Read(arguments), most: null, cancellationToken);
        return [.. rows.Where(row => row.Replayed is not { Fate: ReplayFate.Accepted or ReplayFate.Pending }).Select(row => row.Record)];
    }

    private static async Task<byte[]?> ReadAsync(string? path, CancellationToken cancellationToken)
    {
        try
        {
            return path is null ? null : await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"'{path}' cannot be read: {failure.Message}", "Name a file that holds the corrected record.", failure);
        }
    }

    private void Check(CommandResult result)
    {
        var named = result.GetResult(records)?.Tokens.Count ?? 0;
        var isFiltered = result.Children.OfType<OptionResult>().Any(option => !option.Implicit && option.Option.Name is ("--table" or "--reason" or "--since" or "--until"));
        if (named == 0 && !isFiltered)
        {
            result.AddError("Say which records: name them, or use --reason, --table, --since, --until. All of them at once are never meant.");
        }

        if (named > 0 && isFiltered)
        {
            result.AddError("Name records or use --reason, --table, --since, --until: not both.");
        }

        CheckCorrection(result, named);
    }

    private void CheckCorrection(CommandResult result, int named)
    {
        var (hasFile, hasValues) = (result.GetResult(file) is { Implicit: false }, result.GetResult(set) is { Implicit: false });
        if (!hasFile && !hasValues)
        {
            result.AddError("Say what is right: --set field=value, or --file with the whole record. Sent as it is, it would be refused as it was.");
        }

        if (hasFile && named != 1)
        {
            result.AddError("--file is the record of one original: name it.");
        }
    }
}
