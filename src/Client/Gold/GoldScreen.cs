using System.Globalization;
using Recoup.Amounts;
using Recoup.Client.Terminals;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Recoup.Client.Gold;

/// <summary>Gold for people: its tables, and a chart of recovered money for each currency, because money of two currencies has no common length.</summary>
internal static class GoldScreen
{
    private const int BarsMax = 8;
    private static readonly Style Quiet = new(Color.Grey);
    private static readonly Color[] Palette = [Color.Green, Color.Teal, Color.Blue, Color.Aqua, Color.Yellow, Color.Orange1, Color.Purple, Color.Grey];

    public static IRenderable Overview(IReadOnlyDictionary<string, long> counts, IReadOnlyList<RecoveredMoney> recovered)
    {
        if (counts.Count == 0)
        {
            return new Text("Gold has no table yet. The transformations make them: pipeline run.");
        }

        var table = Tables.Create().WithTexts("Table").WithNumbers("Rows");
        foreach (var (name, rows) in counts)
        {
            table.AddRow(new Text(name), new Text(rows.ToString("N0", CultureInfo.InvariantCulture)));
        }

        return new Rows([table, .. Charts(recovered), new Text("One of them: gold <table>", Quiet)]);
    }

    /// <summary>A chart a currency, longest bars first.</summary>
    public static IEnumerable<IRenderable> Charts(IReadOnlyList<RecoveredMoney> recovered) =>
        recovered.GroupBy(one => one.Currency).OrderByDescending(currency => currency.Sum(one => one.Payments)).Select(currency => (IRenderable)Chart(currency.Key, [.. currency]));

    private static BarChart Chart(string currency, IReadOnlyList<RecoveredMoney> recovered)
    {
        var perMajor = Currency.MinorPerMajor(currency);
        var chart = new BarChart().Width(76).Label($"Recovered money by first decline, {currency}").LeftAlignLabel()
            .UseValueFormatter((value, culture) => value.ToString(perMajor == 1 ? "N0" : "N2", CultureInfo.InvariantCulture));
        foreach (var (index, one) in recovered.OrderByDescending(one => one.RecoveredMinor).Take(BarsMax).Index())
        {
            // A bar's length is drawn, not added up: the one place where money may become a floating-point number.
            chart.AddItem(one.FailureCode, (double)one.RecoveredMinor / perMajor, Palette[index % Palette.Length]);
        }

        return chart;
    }
}
