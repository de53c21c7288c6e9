using System.Globalization;

namespace Recoup.Embedded.Kafka.Groups;

/// <summary>The keys under which groups and offsets are kept. A group's id may hold any character, so its length stands before it.</summary>
internal static class GroupKeys
{
    public static string Of(string group) => "g" + group;

    public static string Of(string group, string topic, int partition) => string.Create(CultureInfo.InvariantCulture, $"o{group.Length}:{group}{topic}/{partition}");

    public static bool IsGroup(string key) => key[0] == 'g';

    public static string Group(string key) => key[1..];

    public static (string Group, string Topic, int Partition) Offset(string key)
    {
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        var groupEnd = colon + 1 + int.Parse(key.AsSpan(1, colon - 1), CultureInfo.InvariantCulture);
        var slash = key.LastIndexOf('/');
        return (key[(colon + 1)..groupEnd], key[groupEnd..slash], int.Parse(key.AsSpan(slash + 1), CultureInfo.InvariantCulture));
    }
}
