using Spectre.Console;
using Spectre.Console.Rendering;

namespace Recoup.Client.Demo;

/// <summary>Where the demo's silo can be reached, and what to try while it runs.</summary>
internal static class DemoAddresses
{
    private static readonly Style Quiet = new(Color.Grey);

    public static IRenderable Render(DemoSilo silo) => new Rows(
        Lines(
            ("HTTP", $"{silo.HttpAddress}  (dashboard, metrics, openapi/v1.json)"),
            ("Orleans", silo.Gateway),
            ("Temporal", silo.Temporal),
            ("data", silo.DataFolder + (silo.IsTemporary ? "  (temporary)" : ""))),
        Text.Empty);

    public static IRenderable RenderServing(DemoSilo silo) => new Rows(
        Text.Empty,
        new Text("The silo goes on running. Ctrl-C stops it. In another terminal:", new Style(decoration: Decoration.Bold)),
        Lines(
            ("simulate", $"dotnet run --project src/Client -- simulate --gateway {silo.Gateway}"),
            ("history", $"dotnet run --project src/Client -- history <payment-id> --temporal {silo.Temporal}"),
            ("webhooks", $"export Stripe__WebhookSecret={silo.StripeSecret} Square__SignatureKey={silo.SquareKey}"),
            ("", $"dotnet run --project src/Client -- replay <folder> --url {silo.HttpAddress.GetLeftPart(UriPartial.Authority)}")));

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
