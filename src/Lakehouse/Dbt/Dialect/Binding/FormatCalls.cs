using System.Text;
using Recoup.Lakehouse.Dbt.Dialect.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>Formats of times: constants, every letter of which is known; any other letter is refused.</summary>
internal static class FormatCalls
{
    private static readonly Dictionary<char, string> MySqlLetters = new()
    {
        ['Y'] = "%Y",
        ['y'] = "%y",
        ['m'] = "%m",
        ['c'] = "%-m",
        ['d'] = "%d",
        ['e'] = "%-d",
        ['H'] = "%H",
        ['k'] = "%-H",
        ['h'] = "%I",
        ['I'] = "%I",
        ['l'] = "%-I",
        ['i'] = "%M",
        ['s'] = "%S",
        ['S'] = "%S",
        ['f'] = "%g000",
        ['p'] = "%p",
        ['T'] = "%H:%M:%S",
        ['r'] = "%I:%M:%S %p",
        ['a'] = "%a",
        ['W'] = "%A",
        ['b'] = "%b",
        ['M'] = "%B",
        ['j'] = "%j",
        ['v'] = "%V",
        ['x'] = "%G",
        ['%'] = "%%",
    };

    private static readonly Dictionary<string, string> JodaLetters = new()
    {
        ["yyyy"] = "%Y",
        ["MM"] = "%m",
        ["dd"] = "%d",
        ["HH"] = "%H",
        ["hh"] = "%I",
        ["mm"] = "%M",
        ["ss"] = "%S",
        ["SSS"] = "%g",
        ["EEE"] = "%a",
        ["EEEE"] = "%A",
        ["MMM"] = "%b",
        ["MMMM"] = "%B",
        ["d"] = "%-d",
        ["M"] = "%-m",
        ["H"] = "%-H",
        ["h"] = "%-I",
        ["a"] = "%p",
        ["xxxx"] = "%G",
        ["ww"] = "%V",
        ["yy"] = "%y",
    };

    public static Bound DateFormat(IReadOnlyList<Bound> arguments, int line, BindingContext context) =>
        Formatted(arguments, line, context, format => MySql(format, MySqlLetters));

    public static Bound FormatDatetime(IReadOnlyList<Bound> arguments, int line, BindingContext context) => Formatted(arguments, line, context, Joda);

    /// <summary>The text is read by a function of ours that knows these letters.</summary>
    public static Bound DateParse(IReadOnlyList<Bound> arguments, string function, int line, BindingContext context)
    {
        if (arguments[1].Constant is not { } format || !Native.DateParser.Knows(format))
        {
            throw context.Refuse("L23", line, "date_parse wants a constant format of %Y %m %d %H %i %s %f %T %b %e", "Write such a format");
        }

        return arguments[0].Type.Kind is TypeKind.Varchar or TypeKind.Unknown or TypeKind.Opaque
            ? new Bound($"{function}({Coercion.To(arguments[0], TrinoType.Varchar).Sql}, {Quoted.Text(format)})", TrinoType.Timestamp(3), line)
            : throw context.Refuse("L06", line, $"date_parse reads {arguments[0].Type}", "Give it a text");
    }

    private static Bound Formatted(IReadOnlyList<Bound> arguments, int line, BindingContext context, Func<string, string?> translate)
    {
        if (arguments[1].Constant is not { Length: > 0 } format || translate(format) is not { } duck)
        {
            throw context.Refuse("L23", line, "the format is not a constant of letters that both engines print alike", "Use the letters of docs/DIALECT.md");
        }

        var time = arguments[0];
        if (duck.Contains("%g", StringComparison.Ordinal) && time.Type.Precision > 3)
        {
            throw context.Refuse("L22", line, "fractions of a second are printed of milliseconds", "CAST to timestamp(3) first");
        }

        return time.Type.IsTimestamp || time.Type.Kind is TypeKind.Date or TypeKind.Unknown
            ? new Bound($"strftime(CAST({time.Sql} AS TIMESTAMP), {Quoted.Text(duck)})", TrinoType.Varchar, line)
            : throw (time.Type.IsKnown ? context.Refuse("L06", line, $"a format over {time.Type}", "Give it a timestamp") : context.TypeNotKnown(line, "a format"));
    }

    private static string? MySql(string format, Dictionary<char, string> letters)
    {
        var result = new StringBuilder();
        for (var index = 0; index < format.Length; index++)
        {
            if (format[index] != '%')
            {
                result.Append(format[index]);
            }
            else if (++index < format.Length && letters.TryGetValue(format[index], out var letter))
            {
                result.Append(letter);
            }
            else
            {
                return null;
            }
        }

        return result.ToString();
    }

    /// <summary>Joda's formats: runs of a letter, and text within quotes.</summary>
    private static string? Joda(string format)
    {
        var result = new StringBuilder();
        for (var index = 0; index < format.Length;)
        {
            if (format[index] == '\'')
            {
                var end = format.IndexOf('\'', index + 1);
                var isQuoteWithin = end > 0 && end + 1 < format.Length && format[end + 1] == '\'';
                if (end <= index + 1 || isQuoteWithin || format[(index + 1)..end].Contains('%', StringComparison.Ordinal))
                {
                    return null;
                }

                result.Append(format, index + 1, end - index - 1);
                index = end + 1;
                continue;
            }

            var run = 1;
            while (index + run < format.Length && format[index + run] == format[index])
            {
                run++;
            }

            var word = format.Substring(index, run);
            if (char.IsAsciiLetter(format[index]) ? !JodaLetters.ContainsKey(word) : word.Contains('%', StringComparison.Ordinal))
            {
                return null;
            }

            result.Append(JodaLetters.GetValueOrDefault(word, word));
            index += run;
        }

        return result.ToString();
    }
}
