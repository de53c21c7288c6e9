using Recoup.Embedded.Kafka.Log;
using Recoup.Embedded.Kafka.Protocol;

namespace Recoup.Embedded.Kafka.Apis;

internal static class LeaderEpochs
{
    private const int NotKnown = -1;

    /// <summary>What a client that names the epoch of its leader is told.</summary>
    public static ErrorCode Check(int current) => current switch
    {
        NotKnown or PartitionLog.LeaderEpoch => ErrorCode.None,
        < PartitionLog.LeaderEpoch => ErrorCode.FencedLeaderEpoch,
        _ => ErrorCode.UnknownLeaderEpoch,
    };
}
