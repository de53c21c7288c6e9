using Spectre.Console;
using Spectre.Console.Rendering;

namespace Recoup.Client.Demo;

/// <summary>Where the demo's silo can be reached, and what to try while it runs.</summary>
internal static class DemoAddresses
{
    private const string Program = "dotnet run --project src/Client --";
    private static readonly Style Quiet = new(Color.Grey);

    public static IRenderable Render(DemoSilo silo) => new Rows(
        Lines(
            ("HTTP", $"{silo.HttpAddress}  (dashboard, metrics, openapi/v1.json)"),
            ("Orleans", silo.Gateway),
            ("Temporal", silo.Temporal),
            ("Kafka", silo.Kafka),
            ("data", silo.DataFolder + (silo.IsTemporary ? "  (temporary)" : ""))),
        Text.Empty);

    public static IRenderable RenderServing(DemoSilo silo) => new Rows(
        Text.Empty,
        new Text("The silo goes on running. Ctrl-C stops it. In another terminal:", new Style(decoration: Decoration.Bold)),
        Commands(
            $"{Program} simulate{Option("--gateway", silo.Gateway, "127.0.0.1:30000")}",
            $"{Program} payment <payment-id>{Option("--gateway", silo.Gateway, "127.0.0.1:30000")}",
            $"{Program} history <payment-id>{Option("--temporal", silo.Temporal, "127.0.0.1:7233")}",
            $"{Program} events --from beginning{Option("--kafka", silo.Kafka, "127.0.0.1:9092")}",
            $"{Program} quarantine list{Option("--url", silo.HttpAddress.GetLeftPart(UriPartial.Authority), "http://127.0.0.1:8080")}",
            $"export Stripe__WebhookSecret={silo.StripeSecret}",
            $"export Square__SignatureKey={silo.SquareKey}",
            $"{Program} replay <folder>{Option("--url", silo.HttpAddress.GetLeftPart(UriPartial.Authority), "http://127.0.0.1:8080")}"));

    /// <summary>Only where it is not the console's default.</summary>
    private static string Option(string name, string value, string standard) => value == standard ? "" : $" {name} {value}";

    private static Rows Commands(params string[] commands) => new(commands.Select(command => (IRenderable)new Text("  " + command)));

    private static Grid Lines(params ReadOnlySpan<(string Name, string Value)> lines)
    {
        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(2));
        grid.AddColumn(new GridColumn().PadLeft(0));
        foreach (var (name, value) in lines)
        {
            grid.AddRow(new Text(name, Quiet), new Text(value));
        }

        return grid;
    }
}
