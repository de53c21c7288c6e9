namespace Recoup.Embedded.Kafka.Protocol;

/// <summary>What stands before every request's body.</summary>
internal readonly record struct RequestHeader(ApiKey Key, short Version, int CorrelationId, string? ClientId)
{
    /// <summary>Whether the client asks for ApiVersions in a version of the future, which is answered in the form of version 0.</summary>
    public bool IsFutureApiVersions => Key == ApiKey.ApiVersions && Version > 3;

    /// <exception cref="ProtocolException">The request is not offered, or cut.</exception>
    public static RequestHeader Read(ref WireReader reader)
    {
        var key = reader.Int16();
        var version = reader.Int16();
        var correlation = reader.Int32();
        var futureVersions = key == (short)ApiKey.ApiVersions && version > 3;
        if (!futureVersions && !OfferedVersions.Serves(key, version))
        {
            throw new ProtocolException($"request {key} in version {version} is not offered");
        }

        var header = new RequestHeader((ApiKey)key, version, correlation, reader.NullableString());
        if (header.Key == ApiKey.ApiVersions && version == 3)
        {
            reader.SkipTags();
        }

        return header;
    }
}
