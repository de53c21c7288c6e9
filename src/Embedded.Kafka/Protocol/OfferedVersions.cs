namespace Recoup.Embedded.Kafka.Protocol;

/// <summary>One request and the versions of it that are announced and served.</summary>
/// <param name="Lowest">The lowest version announced.</param>
/// <param name="LowestServed">The lowest version that is answered; a lower one closes the connection.</param>
internal readonly record struct OfferedVersions(ApiKey Key, short Lowest, short LowestServed, short Highest)
{
    /// <summary>
    /// Every request that is offered. All but ApiVersions 3 are in the older, not flexible encoding, which all clients speak.
    /// Produce is announced from 0 although 3 is the lowest that is answered: librdkafka switches compression off otherwise, and Kafka 4 does the same.
    /// </summary>
    public static readonly OfferedVersions[] All =
    [
        new(ApiKey.Produce, 0, 3, 8),
        Of(ApiKey.Fetch, 4, 11),
        Of(ApiKey.ListOffsets, 1, 5),
        Of(ApiKey.Metadata, 0, 8),
        Of(ApiKey.OffsetCommit, 2, 7),
        Of(ApiKey.OffsetFetch, 1, 5),
        Of(ApiKey.FindCoordinator, 0, 2),
        Of(ApiKey.JoinGroup, 2, 5),
        Of(ApiKey.Heartbeat, 0, 3),
        Of(ApiKey.LeaveGroup, 0, 3),
        Of(ApiKey.SyncGroup, 0, 3),
        Of(ApiKey.DescribeGroups, 0, 4),
        Of(ApiKey.ListGroups, 0, 2),
        Of(ApiKey.ApiVersions, 0, 3),
        Of(ApiKey.CreateTopics, 2, 4),
        Of(ApiKey.DeleteTopics, 1, 3),
        Of(ApiKey.InitProducerId, 0, 1),
        Of(ApiKey.OffsetForLeaderEpoch, 2, 3),
        Of(ApiKey.DescribeConfigs, 1, 3),
    ];

    /// <summary>Whether the request is answered in its own form.</summary>
    public static bool Serves(short key, short version)
    {
        foreach (var offered in All)
        {
            if ((short)offered.Key == key)
            {
                return version >= offered.LowestServed && version <= offered.Highest;
            }
        }

        return false;
    }

    private static OfferedVersions Of(ApiKey key, short lowest, short highest) => new(key, lowest, lowest, highest);
}
