namespace Recoup.Embedded.Temporal.Runs;

internal static class NullPayload
{
    /// <summary>Whether a payload stands for nothing: by its encoding, or as the JSON value null or an empty list.</summary>
    public static bool IsNull(Payload payload) =>
        payload.Metadata.TryGetValue("encoding", out var encoding) && encoding.ToStringUtf8() == "binary/null"
        || payload.Data.ToStringUtf8() is "null" or "[]";
}
