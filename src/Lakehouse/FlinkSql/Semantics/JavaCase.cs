using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Recoup.Lakehouse.FlinkSql.Semantics;

/// <summary>Upper and lower case as Java makes them: one letter may become several (Unicode's SpecialCasing).</summary>
internal static class JavaCase
{
    private static readonly FrozenDictionary<char, string> UpperExceptions = Exceptions().ToFrozenDictionary();

    public static string ToUpper(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToUpperInvariant();
        }

        var upper = new StringBuilder(text.Length);
        foreach (var letter in text.ToUpperInvariant())
        {
            upper.Append(UpperExceptions.TryGetValue(letter, out var special) ? special : letter.ToString());
        }

        return upper.ToString();
    }

    public static string ToLower(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        var lower = new StringBuilder(text.ToLowerInvariant());
        for (var index = text.Length - 1; index >= 0; index--)
        {
            if (text[index] == '\u0130')
            {
                lower.Remove(index, 1).Insert(index, "i\u0307");
            }
            else if (text[index] == '\u03A3')
            {
                lower[index] = IsFinalSigma(text, index) ? '\u03C2' : '\u03C3';
            }
        }

        return lower.ToString();
    }

    /// <summary>A capital sigma with a letter before it and none behind it, marks between left out.</summary>
    private static bool IsFinalSigma(string text, int index)
    {
        var before = index - 1;
        while (before >= 0 && IsIgnorable(text[before]))
        {
            before--;
        }

        var after = index + 1;
        while (after < text.Length && IsIgnorable(text[after]))
        {
            after++;
        }

        return before >= 0 && IsCased(text[before]) && (after >= text.Length || !IsCased(text[after]));
    }

    private static bool IsCased(char letter) => char.IsUpper(letter) || char.IsLower(letter) || char.GetUnicodeCategory(letter) == UnicodeCategory.TitlecaseLetter;

    private static bool IsIgnorable(char letter) => letter is '\'' or '.' or ':' or '\u00AD' or '\u00B7' or '\u2019'
        || char.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
            or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;

    private static Dictionary<char, string> Exceptions()
    {
        var special = new Dictionary<char, string>
        {
            ['\u0131'] = "I",
            ['\u017F'] = "S",
            ['\u00DF'] = "SS",
            ['\u0149'] = "\u02BCN",
            ['\u01F0'] = "J\u030C",
            ['\u0390'] = "\u0399\u0308\u0301",
            ['\u03B0'] = "\u03A5\u0308\u0301",
            ['\u0587'] = "\u0535\u0552",
            ['\u1E96'] = "H\u0331",
            ['\u1E97'] = "T\u0308",
            ['\u1E98'] = "W\u030A",
            ['\u1E99'] = "Y\u030A",
            ['\u1E9A'] = "A\u02BE",
            ['\u1F50'] = "\u03A5\u0313",
            ['\u1F52'] = "\u03A5\u0313\u0300",
            ['\u1F54'] = "\u03A5\u0313\u0301",
            ['\u1F56'] = "\u03A5\u0313\u0342",
            ['\u1FB6'] = "\u0391\u0342",
            ['\u1FC6'] = "\u0397\u0342",
            ['\u1FD2'] = "\u0399\u0308\u0300",
            ['\u1FD3'] = "\u0399\u0308\u0301",
            ['\u1FD6'] = "\u0399\u0342",
            ['\u1FD7'] = "\u0399\u0308\u0342",
            ['\u1FE2'] = "\u03A5\u0308\u0300",
            ['\u1FE3'] = "\u03A5\u0308\u0301",
            ['\u1FE4'] = "\u03A1\u0313",
            ['\u1FE6'] = "\u03A5\u0342",
            ['\u1FE7'] = "\u03A5\u0308\u0342",
            ['\u1FF6'] = "\u03A9\u0342",
            ['\u1FB3'] = "\u0391\u0399",
            ['\u1FBC'] = "\u0391\u0399",
            ['\u1FC3'] = "\u0397\u0399",
            ['\u1FCC'] = "\u0397\u0399",
            ['\u1FF3'] = "\u03A9\u0399",
            ['\u1FFC'] = "\u03A9\u0399",
            ['\u1FB2'] = "\u1FBA\u0399",
            ['\u1FB4'] = "\u0386\u0399",
            ['\u1FC2'] = "\u1FCA\u0399",
            ['\u1FC4'] = "\u0389\u0399",
            ['\u1FF2'] = "\u1FFA\u0399",
            ['\u1FF4'] = "\u038F\u0399",
            ['\u1FB7'] = "\u0391\u0342\u0399",
            ['\u1FC7'] = "\u0397\u0342\u0399",
            ['\u1FF7'] = "\u03A9\u0342\u0399",
            ['\uFB00'] = "FF",
            ['\uFB01'] = "FI",
            ['\uFB02'] = "FL",
            ['\uFB03'] = "FFI",
            ['\uFB04'] = "FFL",
            ['\uFB05'] = "ST",
            ['\uFB06'] = "ST",
            ['\uFB13'] = "\u0544\u0546",
            ['\uFB14'] = "\u0544\u0535",
            ['\uFB15'] = "\u0544\u053B",
            ['\uFB16'] = "\u054E\u0546",
            ['\uFB17'] = "\u0544\u053D",
        };
        foreach (var (first, capital) in ((int, int)[])[(0x1F80, 0x1F08), (0x1F90, 0x1F28), (0x1FA0, 0x1F68)])
        {
            for (var offset = 0; offset < 16; offset++)
            {
                special[(char)(first + offset)] = $"{(char)(capital + (offset % 8))}\u0399";
            }
        }

        return special;
    }
}
