using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Recoup.Lakehouse.Dbt.Dialect.Native;

/// <summary>Paths like <c>$.a.b[0]</c> and <c>$["a b"]</c>, walked as a stream: the first member of a name wins, and what follows is not read.</summary>
internal static partial class JsonPaths
{
    /// <summary>As deep as Trino's parser goes.</summary>
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 1000 };

    public static bool TryParse(string path, out IReadOnlyList<string> steps)
    {
        steps = [];
        if (!Whole().IsMatch(path))
        {
            return false;
        }

        steps = [.. Step().Matches(path[1..]).Select(found => found.Groups["name"].Success ? $".{found.Groups["name"].Value}" : found.Groups["quoted"].Success ? $".{found.Groups["quoted"].Value}" : $"[{found.Groups["index"].Value}")];
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
            if (!(step[0] == '.' ? SeekMember(ref reader, step[1..]) : SeekItem(ref reader, int.Parse(step.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture))))
            {
                return false;
            }
        }

        return true;
    }

    private static bool SeekMember(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            return false;
        }

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

    private static bool SeekItem(ref Utf8JsonReader reader, int index)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
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

    [GeneratedRegex("""\.(?<name>\w+)|\["(?<quoted>[^"]+)"\]|\[(?<index>\d+)\]""", RegexOptions.ExplicitCapture)]
    private static partial Regex Step();
}
