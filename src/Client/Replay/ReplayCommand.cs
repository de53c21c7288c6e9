using System.CommandLine;
using Recoup.Client.CommandLine;
using Recoup.Client.Connections;
using Recoup.Client.Terminals;

namespace Recoup.Client.Replay;

/// <summary><c>replay &lt;folder&gt;</c>: signs webhook payloads and posts them to the running silo.</summary>
internal sealed class ReplayCommand : ConsoleCommand
{
    private readonly Argument<string> folder = new("folder") { Description = "A folder with webhook payloads (*.json), searched with the folders below it." };
    private readonly Option<Uri> url;
    private readonly Option<string?> stripeSecret = new("--stripe-secret") { Description = "The endpoint's secret; better in Stripe__WebhookSecret, where no process list shows it." };
    private readonly Option<string?> squareKey = new("--square-key") { Description = "The subscription's signature key; better in Square__SignatureKey." };
    private readonly Option<string?> squareUrl = new("--square-notification-url") { Description = "The notification URL that Square signs; Square__NotificationUrl, else {url}/webhooks/square." };
    private readonly EnvironmentSettings settings;

    public ReplayCommand(EnvironmentSettings settings)
        : base("replay", "Sign the webhook payloads in a folder and post them to the running silo.")
    {
        this.settings = settings;
        url = ConnectionOptions.Url(settings);
        Add(folder);
        Add(url);
        Add(stripeSecret);
        Add(squareKey);
        Add(squareUrl);
    }

    public override IReadOnlyList<string> Examples => ["replay ../shared/inputs", "replay ./payloads/stripe --url http://127.0.0.1:8080 --json"];

    protected override async Task<int> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var payloads = await PayloadFolder.ReadAsync(arguments.GetRequiredValue(folder), cancellationToken);
        var secrets = Secrets(arguments);
        secrets.EnsureCover(payloads);

        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        var sender = new WebhookSender(http, arguments.GetRequiredValue(url), secrets, TimeProvider.System);
        var answers = new List<WebhookAnswer>();
        foreach (var payload in payloads)
        {
            answers.Add(await sender.SendAsync(payload, cancellationToken));
        }

        if (terminal.IsJson)
        {
            terminal.WriteJson(ReplayReport.Of(answers));
        }
        else
        {
            terminal.Screen.Write(ReplayScreen.Render(answers));
        }

        return Verdict(terminal, answers);
    }

    private static int Verdict(Terminal terminal, List<WebhookAnswer> answers)
    {
        var refused = answers.Count(answer => !answer.IsAccepted);
        if (refused == 0)
        {
            return ExitCodes.Success;
        }

        terminal.WriteError($"{refused} of {answers.Count} payloads were not accepted.", "The answers say why; a 401 or 400 about the signature means that the silo has another secret.");
        return ExitCodes.Failure;
    }

    private WebhookSecrets Secrets(ParseResult arguments)
    {
        var notification = arguments.GetValue(squareUrl) ?? settings.Find("Square__NotificationUrl");
        if (notification is not null && !Uri.IsWellFormedUriString(notification, UriKind.Absolute))
        {
            throw new CommandFailedException($"'{notification}' is not a notification URL.", "Write the one of Square__NotificationUrl, letter for letter.");
        }

        return new WebhookSecrets(
            arguments.GetValue(stripeSecret) ?? settings.FindFirst("Stripe__WebhookSecret"),
            arguments.GetValue(squareKey) ?? settings.FindFirst("Square__SignatureKey"),
            notification is null ? new Uri(arguments.GetRequiredValue(url), "/webhooks/square") : new Uri(notification));
    }
}
