namespace Recoup.Embedded.Kafka.Apis;

/// <summary>The operations that a client may do, as bits that Kafka numbers. There is no authorisation, so it may do all that there are.</summary>
internal static class Operations
{
    public const int NotAsked = int.MinValue;

    /// <summary>Create, alter, describe, cluster action, describe and alter configs, idempotent write.</summary>
    public const int OnCluster = 0b1_1111_1010_0000;

    /// <summary>Read, write, create, delete, alter, describe, describe and alter configs.</summary>
    public const int OnTopic = 0b1101_1111_1000;

    /// <summary>Read, delete, describe, describe and alter configs.</summary>
    public const int OnGroup = 0b1101_0100_1000;
}
