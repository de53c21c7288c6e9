using System.Text.Json.Nodes;

namespace Recoup.Lakehouse.Iceberg.Metadata;

/// <summary>Gives metadata of format version 1 the fields that version 2 requires (specification, appendix E).</summary>
internal static class FormatVersion1
{
    public static void Complete(JsonObject json)
    {
        // Writers of format version 1 may give the old field, the new ones, or both.
        if (json["schemas"] is null && json["schema"] is JsonObject schema)
        {
            var id = (int?)schema["schema-id"] ?? 0;
            var copy = schema.DeepClone().AsObject();
            copy["schema-id"] = id;
            json["schemas"] = new JsonArray(copy);
            json["current-schema-id"] = id;
        }

        if (json["partition-specs"] is null)
        {
            json["partition-specs"] = new JsonArray(new JsonObject { ["spec-id"] = 0, ["fields"] = json["partition-spec"]?.DeepClone() ?? new JsonArray() });
            json["default-spec-id"] = 0;
        }

        if (json["sort-orders"] is null)
        {
            json["sort-orders"] = new JsonArray(new JsonObject { ["order-id"] = 0, ["fields"] = new JsonArray() });
            json["default-sort-order-id"] = 0;
        }

        RemoveNulls(json);
    }

    /// <summary>Optional lists and maps may be written as null; here they are empty.</summary>
    private static void RemoveNulls(JsonObject json)
    {
        foreach (var name in json.Where(pair => pair.Value is null).Select(pair => pair.Key).ToArray())
        {
            json.Remove(name);
        }
    }
}
