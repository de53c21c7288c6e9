using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Recoup.Lakehouse.Dbt.Jinja.Modules;

/// <summary>Python's <c>strftime</c> and <c>strptime</c>, in English as dbt's servers have it.</summary>
internal static class TimeText
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    /// <param name="offset">From UTC; null where there is none.</param>
    /// <param name="zone">What <c>%Z</c> writes; null where it is not known.</param>
    public static string Format(string format, DateTime time, TimeSpan? offset, string? zone)
    {
        var text = new StringBuilder();
        for (var position = 0; position < format.Length; position++)
        {
            if (format[position] != '%' || position + 1 == format.Length)
            {
                text.Append(format[position]);
                continue;
            }

            var isShort = format[++position] == '-' && position + 1 < format.Length;
            position += isShort ? 1 : 0;
            var part = Part(format[position], time, offset, zone);
            text.Append(isShort ? part.TrimStart('0').PadLeft(1, '0') : part);
        }

        return text.ToString();
    }

    /// <summary><c>+01:00</c>, or nothing.</summary>
    public static string Offset(TimeSpan? offset, string separator) => offset is not { } value
        ? ""
        : (value < TimeSpan.Zero ? "-" : "+") + value.ToString("hh", English) + separator + value.ToString("mm", English);

    /// <exception cref="JinjaException">The text does not fit the format.</exception>
    public static DateTime Parse(string text, string format)
    {
        List<string> names = [];
        var pattern = Directive().Replace(Regex.Escape(format), match => Pattern(match.Groups[1].Value[0], names));
        if (names.Count > 0 && Regex.IsMatch(text, @"\A" + pattern + @"\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))
            && DateTime.TryParseExact(text, Directive().Replace(Literal(format), match => DotNet(match.Groups[1].Value[0])), English, DateTimeStyles.None, out var time))
        {
            return time;
        }

        throw JinjaException.Runtime($"time data '{text}' does not match format '{format}'");
    }

    private static string Part(char directive, DateTime time, TimeSpan? offset, string? zone) => directive switch
    {
        'Y' => time.ToString("yyyy", English),
        'y' => time.ToString("yy", English),
        'm' => time.ToString("MM", English),
        'd' => time.ToString("dd", English),
        'e' => time.Day.ToString(English).PadLeft(2),
        'H' => time.ToString("HH", English),
        'I' => time.ToString("hh", English),
        'M' => time.ToString("mm", English),
        'S' => time.ToString("ss", English),
        'f' => time.ToString("ffffff", English),
        'p' => time.ToString("tt", English),
        'j' => time.DayOfYear.ToString("000", English),
        'a' => time.ToString("ddd", English),
        'A' => time.ToString("dddd", English),
        'b' or 'h' => time.ToString("MMM", English),
        'B' => time.ToString("MMMM", English),
        'w' => ((int)time.DayOfWeek).ToString(English),
        'u' => ((((int)time.DayOfWeek) + 6) % 7 + 1).ToString(English),
        'V' => ISOWeek.GetWeekOfYear(time).ToString("00", English),
        'G' => ISOWeek.GetYear(time).ToString("0000", English),
        'F' => time.ToString("yyyy-MM-dd", English),
        'T' => time.ToString("HH:mm:ss", English),
        'z' => Offset(offset, ""),
        'Z' when offset is null || zone is not null => offset is null ? "" : zone!,
        '%' => "%",
        _ => throw JinjaException.Unsupported($"'%{directive}' in strftime"),
    };

    private static readonly Regex DirectivePattern = new("%(.)", RegexOptions.CultureInvariant);

    private static Regex Directive() => DirectivePattern;

    private static string Pattern(char directive, List<string> names)
    {
        names.Add(directive.ToString());
        return directive switch
        {
            'Y' => @"\d{4}",
            'm' or 'd' or 'H' or 'M' or 'S' or 'y' => @"\d{2}",
            'b' or 'B' => "[A-Za-z]+",
            _ => throw JinjaException.Unsupported($"'%{directive}' in strptime"),
        };
    }

    private static string DotNet(char directive) => "'" + directive switch
    {
        'Y' => "yyyy",
        'y' => "yy",
        'm' => "MM",
        'd' => "dd",
        'H' => "HH",
        'M' => "mm",
        'S' => "ss",
        'b' => "MMM",
        _ => "MMMM",
    } + "'";

    /// <summary>What stands between directives is quoted for .NET.</summary>
    private static string Literal(string format) => "'" + format.Replace("'", "''", StringComparison.Ordinal) + "'";
}
