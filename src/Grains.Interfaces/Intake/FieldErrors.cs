namespace Recoup.Intake;

/// <summary>What is wrong with an input, by field and in the order in which it was found. It never holds a value that was sent.</summary>
public sealed class FieldErrors
{
    private readonly Dictionary<string, string[]> byField = new(StringComparer.Ordinal);

    public bool Any => byField.Count > 0;

    /// <summary>Messages by field, as they are called in JSON: <c>metadata.order</c>, <c>cards[2].card_id</c>.</summary>
    public IReadOnlyDictionary<string, string[]> ByField => byField;

    public void Add(string field, string message) =>
        byField[field] = byField.TryGetValue(field, out var earlier) ? [.. earlier, message] : [message];
}
