namespace Recoup.Lakehouse.FlinkSql.Json;

/// <summary>Tells most names that have not come before, so that equal ones need not be looked for among all.</summary>
internal struct NameFilter
{
    private UInt128 low;
    private UInt128 high;
    private bool seesEscapes;

    /// <summary>Whether a name like this one may have been asked for before; an escaped one always may.</summary>
    public bool MayHold(ReadOnlySpan<byte> json, JsonNode name)
    {
        // A name spelled with escapes may equal any plain one, before it or behind it.
        seesEscapes |= name.IsEscaped || name.Length == 0;
        if (seesEscapes)
        {
            return true;
        }

        var text = json.Slice(name.Start, name.Length);
        var hash = unchecked((uint)((text[0] * 31) + (text[^1] * 131) + (text[text.Length / 2] * 17) + (text.Length * 7)));
        var bit = UInt128.One << (int)(hash & 127);
        if ((hash & 128) == 0)
        {
            var isLow = (low & bit) != 0;
            low |= bit;
            return isLow;
        }

        var isHigh = (high & bit) != 0;
        high |= bit;
        return isHigh;
    }
}
