using System.Globalization;
using System.Text.RegularExpressions;

namespace Recoup.Lakehouse.Dbt.Dialect.Native;

/// <summary><c>date_parse</c> for the letters %Y %m %d %H %i %s %f %T %b %e, with all digits written.</summary>
internal static partial class DateParser
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    public static bool Knows(string format) => Letter().Matches(format).All(found => "YmdHisfTbe".Contains(found.Value[^1], StringComparison.Ordinal) && found.Length == 2);

    public static Reading Read(string text, string format, out long micros)
    {
        micros = 0;
        var match = Regex.Match(text, Pattern(format), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        if (!match.Success)
        {
            // Joda takes fewer digits than a letter stands for; a text without a digit at its start fits no format that starts with one.
            return format.StartsWith("%Y", StringComparison.Ordinal) && (text.Length == 0 || char.IsAsciiLetter(text[0])) ? Reading.Invalid : Reading.NotRead;
        }

        int Number(string name, int otherwise) => match.Groups[name].Success ? int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture) : otherwise;
        var month = match.Groups["b"].Success ? Array.IndexOf(Months, match.Groups["b"].Value.ToLowerInvariant()) + 1 : Number("m", 1);
        var fraction = match.Groups["f"].Success ? $".{match.Groups["f"].Value}" : "";
        var plain = string.Create(CultureInfo.InvariantCulture, $"{Number("Y", 1970):0000}-{month}-{Number("d", 1)} {Number("H", 0)}:{Number("i", 0)}:{Number("s", 0)}{fraction}");
        if (!TrinoTimes.TryTimestamp(plain, out var time))
        {
            return Reading.Invalid;
        }

        micros = time.Microseconds;
        return Reading.Done;
    }

    private static string Pattern(string format) => $"\\A{string.Concat(Pieces(format.Replace("%T", "%H:%i:%s", StringComparison.Ordinal)))}\\z";

    private static IEnumerable<string> Pieces(string format) => Piece().Matches(format).Select(found => found.Value switch
    {
        "%Y" => @"(?<Y>\d{4})",
        "%m" => @"(?<m>\d\d)",
        "%d" => @"(?<d>\d\d)",
        "%e" => @"(?<d>\d\d?)",
        "%H" => @"(?<H>\d\d)",
        "%i" => @"(?<i>\d\d)",
        "%s" => @"(?<s>\d\d)",
        "%f" => @"(?<f>\d{1,3})",
        "%b" => $"(?<b>{string.Join('|', Months)})",
        var text => Regex.Escape(text),
    });

    [GeneratedRegex("%.?", RegexOptions.Singleline)]
    private static partial Regex Letter();

    [GeneratedRegex("%.|[^%]+", RegexOptions.Singleline)]
    private static partial Regex Piece();
}
