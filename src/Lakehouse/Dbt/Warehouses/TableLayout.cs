namespace Recoup.Lakehouse.Dbt.Warehouses;

/// <summary>How a new table is laid out.</summary>
/// <param name="Properties">
/// dbt-trino's <c>properties</c>, as written: <c>partitioning: "ARRAY['day(created_at)']"</c>, <c>sorted_by: "ARRAY['id']"</c>, <c>format: "'PARQUET'"</c>.
/// A property that the warehouse does not know is refused by name.
/// </param>
internal sealed record TableLayout(IReadOnlyDictionary<string, string> Properties)
{
    public static TableLayout Default { get; } = new(new Dictionary<string, string>());

    /// <summary>Refuses properties where tables have none.</summary>
    public void RequireNone(string adapter)
    {
        if (Properties.Count > 0)
        {
            throw new WarehouseException($"Tables of {adapter} have no properties: remove '{Properties.Keys.First()}' from the model's config.", kind: WarehouseFailure.Compilation);
        }
    }
}
