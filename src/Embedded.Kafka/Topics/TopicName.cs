using System.Buffers;

namespace Recoup.Embedded.Kafka.Topics;

/// <summary>Kafka's rules for topic names.</summary>
internal static class TopicName
{
    /// <summary>Kafka keeps committed offsets in a topic of this name; here they are elsewhere, and the name stays taken.</summary>
    public const string ConsumerOffsets = "__consumer_offsets";

    private const int LengthMax = 249;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    /// <summary>What is wrong with a name; null when it is good.</summary>
    public static string? Problem(string name)
    {
        if (name.Length == 0)
        {
            return "Topic name is invalid: the empty string is not allowed";
        }

        if (name is "." or "..")
        {
            return $"Topic name is invalid: '{name}' is not allowed";
        }

        if (name.Length > LengthMax)
        {
            return $"Topic name is invalid: the length of '{name}' is longer than the max allowed length {LengthMax}";
        }

        return name.AsSpan().ContainsAnyExcept(Allowed)
            ? $"Topic name is invalid: '{name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'"
            : null;
    }

    /// <summary>Two names that differ only in '.' and '_' would be one metric in Kafka, which refuses the second.</summary>
    public static bool Collide(string one, string other) => one != other && one.Replace('.', '_') == other.Replace('.', '_');
}
