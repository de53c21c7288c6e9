using System.Globalization;
using System.Text.RegularExpressions;

namespace Recoup.Lakehouse.Dbt.Warehouses.Seeds;

/// <summary>
/// The type of a column is the first that every cell of it fits, in agate's order: number, date, time, truth value, text. A cell that is empty or
/// <c>null</c> fits all. Numbers without decimals make an integer column, whatever their size, and <c>007</c> is one.
/// </summary>
internal static partial class SeedTypes
{
    private static readonly (SeedType Type, Func<string, bool> Fits)[] Order =
    [
        (SeedType.Number, cell => NumberPattern().IsMatch(Plain(cell))),
        (SeedType.Date, cell => IsTime(cell, "yyyy-M-d")),
        (SeedType.Timestamp, cell => IsTime(cell, "yyyy-M-d H:m:s")),
        (SeedType.Timestamp, IsIso),
        (SeedType.Boolean, cell => cell.ToLowerInvariant() is "true" or "false"),
        (SeedType.Text, _ => true),
    ];

    public static SeedType Infer(IEnumerable<string?> cells)
    {
        var present = cells.Where(cell => cell is not null && !IsNull(cell)).Select(cell => cell!.Trim()).ToArray();
        var type = Order.First(candidate => present.All(candidate.Fits)).Type;
        return type is SeedType.Number && !present.Any(cell => HasDecimals(Plain(cell))) ? SeedType.Integer : type;
    }

    /// <summary>The cell as a row of the table has it; <see langword="null"/> when it stands for nothing.</summary>
    public static string? Read(SeedType type, string cell) => IsNull(cell) ? null : type switch
    {
        SeedType.Integer or SeedType.Number => Plain(cell),
        SeedType.Boolean => cell.Trim().ToLowerInvariant(),
        SeedType.Date => cell.Trim(),
        SeedType.Timestamp => cell.Trim().Replace('T', ' '),
        _ => cell,
    };

    private static bool IsNull(string cell) => cell.Trim() is "" || cell.Trim().Equals("null", StringComparison.OrdinalIgnoreCase);

    private static bool IsTime(string text, string format) =>
        DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsIso(string text) =>
        IsoPattern().Match(text) is { Success: true } moment && IsTime($"{moment.Groups["date"]} {moment.Groups["time"]}", "yyyy-MM-dd HH:mm:ss");

    /// <summary>agate takes per cent, signs of currency and commas away before it looks for a number.</summary>
    private static string Plain(string cell)
    {
        var text = cell.Trim().Trim('%');
        var sign = text.StartsWith('-') ? "-" : "";
        return sign + text[sign.Length..].Trim('$', '€', '£', '¥', '₹', '₩', '₽').Replace(",", "", StringComparison.Ordinal);
    }

    /// <summary>1.0 and 1e3 are whole; 1.5 and 1e-3 are not.</summary>
    private static bool HasDecimals(string number)
    {
        var match = NumberPattern().Match(number);
        var fraction = match.Groups["fraction"].Value.TrimEnd('0').Length;
        var exponent = match.Groups["exponent"] is { Success: true } group ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 0;
        var zeros = fraction > 0 ? 0 : match.Groups["whole"].Value.Length - match.Groups["whole"].Value.TrimEnd('0').Length;
        return fraction - exponent - zeros > 0;
    }

    [GeneratedRegex(@"^[-+]?((?<whole>\d+)(\.(?<fraction>\d*))?|\.(?<fraction>\d+))([eE](?<exponent>[-+]?\d{1,4}))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex NumberPattern();

    /// <summary>ISO 8601 with a <c>T</c>, with or without a fraction and a zone.</summary>
    [GeneratedRegex(@"^(?<date>\d{4}-\d\d-\d\d)T(?<time>\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d(:?\d\d)?)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex IsoPattern();
}
