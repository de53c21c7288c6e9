namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>Upper, lower and title case as Python has them: one character may become several.</summary>
internal static class PyCase
{
    /// <summary>Unicode's SpecialCasing, without conditions: what has no single upper case character.</summary>
    private static readonly Dictionary<char, string> SpecialUpper = new()
    {
        ['ß'] = "SS",
        ['ŉ'] = "ʼN",
        ['ǰ'] = "J̌",
        ['ΐ'] = "Ϊ́",
        ['ΰ'] = "Ϋ́",
        ['և'] = "ԵՒ",
        ['ẖ'] = "H̱",
        ['ẗ'] = "T̈",
        ['ẘ'] = "W̊",
        ['ẙ'] = "Y̊",
        ['ẚ'] = "Aʾ",
        ['ﬀ'] = "FF",
        ['ﬁ'] = "FI",
        ['ﬂ'] = "FL",
        ['ﬃ'] = "FFI",
        ['ﬄ'] = "FFL",
        ['ﬅ'] = "ST",
        ['ﬆ'] = "ST",
    };

    /// <summary>Letters of two, in upper, title and lower case.</summary>
    private static readonly string[] Digraphs = ["Ǆǅǆ", "Ǉǈǉ", "Ǌǋǌ", "Ǳǲǳ"];

    public static string Upper(string text)
    {
        if (text.FirstOrDefault(IsOfManyCapitals) is var letter and not '\0')
        {
            throw JinjaException.Unsupported($"the upper case of '{letter}'");
        }

        var upper = text.ToUpperInvariant();
        return upper.Any(SpecialUpper.ContainsKey)
            ? string.Concat(upper.Select(character => SpecialUpper.GetValueOrDefault(character) ?? character.ToString()))
            : upper;
    }

    public static string Lower(string text)
    {
        if (!text.Contains('Σ') && !text.Contains('İ'))
        {
            return text.ToLowerInvariant();
        }

        var lower = text.Select((character, index) => character switch
        {
            'İ' => "i̇",
            'Σ' when IsFinal(text, index) => "ς",
            _ => char.ToLowerInvariant(character).ToString(),
        });
        return string.Concat(lower);
    }

    /// <summary>Lower case for comparing without case.</summary>
    public static string Fold(string text) =>
        string.Concat(Lower(text).Select(character => character == 'ς' ? "σ" : SpecialUpper.TryGetValue(character, out var upper) ? Lower(upper) : character.ToString()));

    public static string Capitalize(string text) => text.Length == 0 ? text : TitleFirst(text[0]) + Lower(text[1..]);

    /// <summary>Python's <c>str.title</c>: a word is a run of letters, so <c>they're</c> becomes <c>They'Re</c>.</summary>
    public static string Title(string text)
    {
        var inWord = false;
        var title = text.Select(character =>
        {
            var cased = inWord ? Lower(character.ToString()) : TitleFirst(character);
            inWord = char.IsLetter(character);
            return cased;
        });
        return string.Concat(title);
    }

    public static string Swap(string text) =>
        string.Concat(text.Select(character => char.IsUpper(character) ? Lower(character.ToString()) : Upper(character.ToString())));

    /// <summary>There is a letter with case, and all such letters are upper (or lower) case.</summary>
    public static bool IsAll(string text, Func<char, bool> isCase, Func<char, bool> isOther) => text.Any(isCase) && !text.Any(isOther);

    private static string TitleFirst(char character)
    {
        if (Digraphs.FirstOrDefault(forms => forms.Contains(character)) is { } digraph)
        {
            return digraph[1].ToString();
        }

        // Georgian has capitals for whole words only.
        if (character is >= 'ა' and <= 'ჿ')
        {
            return character.ToString();
        }

        var upper = Upper(character.ToString());
        return upper.Length > 1 ? upper[0] + Lower(upper[1..]) : upper;
    }

    /// <summary>Greek letters with signs, and Armenian ligatures, that are two or three letters in upper case.</summary>
    private static bool IsOfManyCapitals(char letter) => letter is (>= '\u1f50' and <= '\u1f57') or (>= '\u1f80' and <= '\u1fff') or (>= '\ufb13' and <= '\ufb17');

    private static bool IsFinal(string text, int index) =>
        index > 0 && char.IsLetter(text[index - 1]) && (index + 1 == text.Length || !char.IsLetter(text[index + 1]));
}
