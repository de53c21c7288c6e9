namespace Recoup.Lakehouse.Tests.Dbt.Project;

/// <summary>
/// What validation would have written: offsets that grow, and at-least-once. Some records are written twice as they are, some come again later in
/// Kafka, and of some the later copy is another one.
/// </summary>
internal sealed class BronzeWriter(Random random)
{
    private static readonly DateTimeOffset IngestedFrom = new(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);
    private long offset;

    public List<BronzeRow> Rows { get; } = [];

    public Random Random => random;

    public bool Chance(double probability) => random.NextDouble() < probability;

    public T OneOf<T>(params T[] values) => values[random.Next(values.Length)];

    public void Write(string table, params (string Column, object? Value)[] values)
    {
        var row = Placed(new BronzeRow(table, values.ToDictionary(value => value.Column, value => value.Value)), random.Next(4));
        Rows.Add(row);
        if (Chance(0.1))
        {
            Rows.Add(row);
        }

        if (Chance(0.1))
        {
            Rows.Add(Again(row));
        }

        if (table == "payment_charges" && Chance(0.05))
        {
            Rows.Add(Again(row).With(("amount_minor", random.Next(1, 5_000)), ("customer_id", OneOf("cus_1", row.Values["customer_id"])), ("failure_code", OneOf(null, row.Values["failure_code"], "odd"))));
        }
    }

    /// <summary>A record that validation rejected.</summary>
    public void Reject(string table, string reason)
    {
        var row = new BronzeRow($"quarantine_{table}", new Dictionary<string, object?>
        {
            ["kafka_topic"] = table,
            ["kafka_partition"] = 0,
            ["kafka_offset"] = offset++,
            ["quarantined_at"] = IngestedFrom.AddHours(offset),
            ["rejection_reason"] = reason,
        });
        Rows.AddRange(Chance(0.2) ? [row, row] : [row]);
    }

    private BronzeRow Again(BronzeRow row) => Placed(row, (int)row.Values["kafka_partition"]!);

    private BronzeRow Placed(BronzeRow row, int partition) => row.With(("kafka_partition", partition), ("kafka_offset", offset++), ("ingested_at", IngestedFrom.AddSeconds(offset)));
}
