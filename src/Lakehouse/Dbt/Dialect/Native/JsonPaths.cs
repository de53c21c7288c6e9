using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Recoup.Lakehouse.Dbt.Dialect.Native;

/// <summary>Paths like <c>$.a.b[0]</c> and <c>$["a b"]</c>, walked as a stream: the first member of a name wins, and what follows is not
/// read. A step that is a number is a name in an object and a place in an array, however it is written.</summary>
internal static partial class JsonPaths
{
    /// <summary>As deep as Trino's parser goes.</summary>
    internal static readonly JsonReaderOptions Deep = new() { MaxDepth = 1000 };

    public static bool TryParse(string path, out IReadOnlyList<string> steps)
    {
        steps = [];
        if (!Whole().IsMatch(path))
        {
            return false;
        }

        steps = [.. Step().Matches(path[1..]).Select(found => found.Groups["step"].Value)];
        return true;
    }

    /// <summary>The steps of a path that the translation has checked.</summary>
    public static IReadOnlyList<string> Parse(string path) => TryParse(path, out var steps) ? steps : throw new ArgumentException($"'{path}' is no path of this form.", nameof(path));

    /// <summary>Moves the reader to the value; false where there is none.</summary>
    public static bool Seek(ref Utf8JsonReader reader, IReadOnlyList<string> steps)
    {
        if (!reader.Read())
        {
            return false;
        }

        foreach (var step in steps)
        {
            if (!(reader.TokenType is JsonTokenType.StartObject ? SeekMember(ref reader, step) : SeekItem(ref reader, step)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool SeekMember(ref Utf8JsonReader reader, string name)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var isWanted = reader.GetString() == name;
            reader.Read();
            if (isWanted)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private static bool SeekItem(ref Utf8JsonReader reader, string step)
    {
        if (reader.TokenType is not JsonTokenType.StartArray || !int.TryParse(step, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index))
        {
            return false;
        }

        for (var at = 0; reader.Read() && reader.TokenType is not JsonTokenType.EndArray; at++)
        {
            if (at == index)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    /// <summary>The scalar at the path as text; null for JSON's null, an object, an array, nothing, or a text that is no JSON.</summary>
    public static string? Scalar(string json, string path)
    {
        var steps = Parse(path);
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), Deep);
            return !Seek(ref reader, steps) ? null : reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString(),
                JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => Encoding.UTF8.GetString(reader.ValueSpan),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex("""\A\$(\.[A-Za-z_][A-Za-z0-9_]*|\["[^"\\]+"\]|\[\d{1,6}\])*\z""", RegexOptions.ExplicitCapture)]
    private static partial Regex Whole();

    [GeneratedRegex("""\.(?<step>\w+)|\["(?<step>[^"]+)"\]|\[(?<step>\d+)\]""", RegexOptions.ExplicitCapture)]
    private static partial Regex Step();
}
