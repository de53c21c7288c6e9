using Recoup.Embedded.Kafka.Protocol;

namespace Recoup.Embedded.Kafka.Tests.Fuzz;

/// <summary>Good requests of every kind and version, to be spoilt.</summary>
internal static class Samples
{
    public static List<byte[]> All()
    {
        var samples = new List<byte[]>();
        foreach (var offered in OfferedVersions.All)
        {
            for (var version = offered.LowestServed; version <= offered.Highest; version++)
            {
                var current = version;
                samples.Add(WireClient.Request(offered.Key, version, body => Write(body, offered.Key, current)));
            }
        }

        return samples;
    }

    private static void Write(WireWriter body, ApiKey key, short version)
    {
        switch (key)
        {
            case ApiKey.Produce:
                body.NullableString(null);
                body.Int16(-1);
                body.Int32(1_000);
                One(body, "t");
                body.Int32(1);
                body.Int32(0);
                body.Bytes(Batches.Of(2, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), producer: (5, 0, 0)));
                break;
            case ApiKey.Fetch:
                Fetch(body, version);
                break;
            case ApiKey.ListOffsets:
                body.Int32(-1);
                Optional(body, version >= 2, () => body.Byte(0));
                One(body, "t");
                body.Int32(1);
                body.Int32(0);
                Optional(body, version >= 4, () => body.Int32(-1));
                body.Int64(5);
                break;
            case ApiKey.Metadata:
                One(body, "t");
                Optional(body, version >= 4, () => body.Boolean(false));
                Optional(body, version >= 8, () => body.Int16(0x0101));
                break;
            case ApiKey.OffsetForLeaderEpoch:
                Optional(body, version >= 3, () => body.Int32(-1));
                One(body, "t");
                body.Int32(1);
                body.Int32(0);
                body.Int32(0);
                body.Int32(0);
                break;
            case ApiKey.ApiVersions:
                Optional(body, version >= 3, () => Array.ForEach<byte>([0, 2, (byte)'a', 2, (byte)'1', 0], body.Byte));
                break;
            case ApiKey.InitProducerId:
                body.NullableString(null);
                body.Int32(1_000);
                break;
            case ApiKey.CreateTopics:
                One(body, "made");
                body.Int32(1);
                body.Int16(1);
                body.Int32(0);
                One(body, "retention.ms");
                body.NullableString("1000");
                body.Int32(1_000);
                body.Boolean(true);
                break;
            case ApiKey.DeleteTopics:
                One(body, "none");
                body.Int32(1_000);
                break;
            case ApiKey.DescribeConfigs:
                body.Int32(1);
                body.Byte(2);
                body.String("t");
                One(body, "retention.ms");
                body.Int16(0x0101);
                break;
            default:
                Group(body, key, version);
                break;
        }
    }

    private static void Group(WireWriter body, ApiKey key, short version)
    {
        switch (key)
        {
            case ApiKey.DescribeGroups:
                One(body, "g");
                body.Boolean(true);
                return;
            case ApiKey.ListGroups:
                return;
        }

        body.String("g");
        switch (key)
        {
            case ApiKey.FindCoordinator:
                body.Byte(0);
                break;
            case ApiKey.JoinGroup:
                body.Int32(6_000);
                body.Int32(1);
                body.String("");
                Optional(body, version >= 5, () => body.NullableString(null));
                body.String("consumer");
                One(body, "range");
                body.Bytes([1, 2, 3]);
                break;
            case ApiKey.SyncGroup or ApiKey.Heartbeat:
                body.Int32(1);
                body.String("m");
                Optional(body, version >= 3, () => body.NullableString(null));
                One(body, "m");
                body.Bytes([1, 2, 3]);
                break;
            case ApiKey.LeaveGroup:
                Optional(body, version >= 3, () => body.Int32(1));
                body.String("m");
                body.NullableString(null);
                break;
            case ApiKey.OffsetFetch:
                One(body, "t");
                body.Int32(1);
                body.Int32(0);
                break;
            case ApiKey.OffsetCommit:
                body.Int32(-1);
                body.String("");
                Optional(body, version >= 7, () => body.NullableString(null));
                Optional(body, version <= 4, () => body.Int64(-1));
                One(body, "t");
                body.Int32(1);
                body.Int32(0);
                body.Int64(7);
                Optional(body, version >= 6, () => body.Int32(0));
                body.NullableString("note");
                break;
        }
    }

    private static void Fetch(WireWriter body, short version)
    {
        body.Int32(-1);
        body.Int32(0);
        body.Int32(1);
        body.Int32(1 << 20);
        body.Byte(0);
        Optional(body, version >= 7, () => body.Int64(uint.MaxValue));
        One(body, "t");
        body.Int32(1);
        body.Int32(0);
        Optional(body, version >= 9, () => body.Int32(-1));
        body.Int64(0);
        Optional(body, version >= 5, () => body.Int64(-1));
        body.Int32(1 << 20);
        Optional(body, version >= 7, () => body.Int32(0));
        Optional(body, version >= 11, () => body.String(""));
    }

    private static void One(WireWriter body, string name)
    {
        body.Int32(1);
        body.String(name);
    }

    private static void Optional(WireWriter body, bool isThere, Action write)
    {
        if (isThere)
        {
            write();
        }
    }
}
