using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Recoup.Client.Quarantine;

/// <summary>The bytes of a record for people and for JSON: text where they are UTF-8, else hexadecimal digits.</summary>
/// <param name="Encoding"><c>utf-8</c>, <c>hex</c>, or <c>tombstone</c> where there are none.</param>
/// <param name="Text">The text, or the digits.</param>
internal sealed record RawRecord(string Encoding, string? Text)
{
    private const int BytesOfLine = 16;

    public static RawRecord Of(byte[]? bytes) => bytes switch
    {
        null => new RawRecord("tombstone", null),
        _ when Utf8.IsValid(bytes) => new RawRecord("utf-8", System.Text.Encoding.UTF8.GetString(bytes)),
        _ => new RawRecord("hex", Convert.ToHexStringLower(bytes)),
    };

    /// <summary>Lines for a screen. Control characters are spelled out: a record must not be able to steer the terminal.</summary>
    public string ToLines() => Encoding switch
    {
        "tombstone" => "(a tombstone: no value)",
        "hex" => string.Join('\n', Text!.Chunk(BytesOfLine * 2).Select(line => string.Join(' ', line.Chunk(2).Select(pair => new string(pair))))),
        _ when Text!.Length == 0 => "(no bytes)",
        _ => Spelled(Text),
    };

    private static string Spelled(string text)
    {
        var spelled = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if ((char.IsControl(character) && character is not '\n') || char.GetUnicodeCategory(character) is UnicodeCategory.Format)
            {
                spelled.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                spelled.Append(character);
            }
        }

        return spelled.ToString();
    }
}
