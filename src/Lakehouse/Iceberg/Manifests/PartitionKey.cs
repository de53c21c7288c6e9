using System.Globalization;

namespace Recoup.Lakehouse.Iceberg.Manifests;

/// <summary>A partition as a text that can be compared: the spec and each value.</summary>
internal static class PartitionKey
{
    public static string Of(DataFile file) => Of(file.SpecId, file.Partition);

    public static string Of(int specId, IReadOnlyList<object?> values) =>
        string.Create(CultureInfo.InvariantCulture, $"{specId}/{string.Join('/', values.Select(Text))}");

    /// <summary>Text is given its length, so that a slash in it does not look like the next value.</summary>
    private static string Text(object? value) => value switch
    {
        null => "-",
        byte[] bytes => Convert.ToHexString(bytes),
        string text => string.Create(CultureInfo.InvariantCulture, $"{text.Length}:{text}"),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
