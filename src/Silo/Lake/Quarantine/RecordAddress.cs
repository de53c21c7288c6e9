using System.Globalization;

namespace Recoup.Silo.Lake.Quarantine;

/// <summary>One record of the event log, written <c>payments.charges/2/17</c>: topic, partition, offset.</summary>
public readonly record struct RecordAddress(string Topic, int Partition, long Offset)
{
    public static bool TryParse(string? text, out RecordAddress address)
    {
        address = default;
        if (text?.Split('/') is not [{ Length: > 0 } topic, var partition, var offset]
            || !int.TryParse(partition, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !long.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var place))
        {
            return false;
        }

        address = new RecordAddress(topic, number, place);
        return true;
    }

    /// <exception cref="FormatException">The text is none.</exception>
    public static RecordAddress Parse(string text) => TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is no topic/partition/offset.");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Topic}/{Partition}/{Offset}");
}
