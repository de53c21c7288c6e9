using Microsoft.Data.Sqlite;

namespace Recoup.Embedded.Temporal.Visibility;

/// <summary>How attributes of type Text are compared: one word in common is enough.</summary>
internal static class TextSearch
{
    public const string Function = "text_matches";

    public static void Register(SqliteConnection connection) =>
        connection.CreateFunction<string?, string, bool>(Function, Matches, isDeterministic: true);

    public static bool Matches(string? text, string wanted) =>
        text is not null && Words(text).ToHashSet(StringComparer.OrdinalIgnoreCase).Overlaps(Words(wanted));

    private static IEnumerable<string> Words(string text)
    {
        var start = -1;
        for (var index = 0; index <= text.Length; index++)
        {
            var inWord = index < text.Length && char.IsLetterOrDigit(text[index]);
            if (inWord && start < 0)
            {
                start = index;
            }
            else if (!inWord && start >= 0)
            {
                yield return text[start..index];
                start = -1;
            }
        }
    }
}
