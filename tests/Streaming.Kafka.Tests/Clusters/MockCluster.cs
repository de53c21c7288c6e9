using System.Runtime.InteropServices;

namespace Recoup.Streaming.Kafka.Tests.Clusters;

/// <summary>
/// The cluster that librdkafka imitates for its own tests, in this process: it listens on loopback and answers with the errors that a test asks for.
/// It keeps everything in memory, so it is no oracle for durability.
/// </summary>
internal sealed class MockCluster : IDisposable
{
    private const int Producer = 0;

    private static readonly nint Library = Load();

    private readonly nint client;
    private readonly nint cluster;

    public MockCluster(int brokers = 1)
    {
        var reason = Marshal.AllocHGlobal(512);
        try
        {
            client = Call<New>("rd_kafka_new")(Producer, 0, reason, 512);
            Assert.AreNotEqual(0, client, Marshal.PtrToStringUTF8(reason));
        }
        finally
        {
            Marshal.FreeHGlobal(reason);
        }

        cluster = Call<NewCluster>("rd_kafka_mock_cluster_new")(client, brokers);
        BootstrapServers = Marshal.PtrToStringUTF8(Call<Bootstraps>("rd_kafka_mock_cluster_bootstraps")(cluster))!;
    }

    public string BootstrapServers { get; }

    public void CreateTopic(string topic, int partitions, int replicas = 1) =>
        Assert.AreEqual(0, Call<NewTopic>("rd_kafka_mock_topic_create")(cluster, topic, partitions, replicas));

    /// <summary>The next requests of this kind are answered with these errors, one each.</summary>
    public void Fail(Api api, params ErrorCode[] errors) =>
        Call<PushErrors>("rd_kafka_mock_push_request_errors_array")(cluster, (short)api, (nuint)errors.Length, [.. errors.Select(error => (int)error)]);

    public void StopAnswering(int broker = 1) => Assert.AreEqual(0, Call<SetBroker>("rd_kafka_mock_broker_set_down")(cluster, broker));

    public void Answer(int broker = 1) => Assert.AreEqual(0, Call<SetBroker>("rd_kafka_mock_broker_set_up")(cluster, broker));

    public void SetRoundTrip(TimeSpan time, int broker = 1) =>
        Assert.AreEqual(0, Call<SetRoundTripTime>("rd_kafka_mock_broker_set_rtt")(cluster, broker, (int)time.TotalMilliseconds));

    public void Dispose()
    {
        Call<Destroy>("rd_kafka_mock_cluster_destroy")(cluster);
        Call<Destroy>("rd_kafka_destroy")(client);
    }

    private static T Call<T>(string function)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(Library, function));

    /// <summary>The package has one file a distribution and no plain name that a DllImport would find everywhere.</summary>
    private static nint Load()
    {
        var folders = new[] { AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native") };
        string[] names = ["centos8-librdkafka.so", "librdkafka.so", "librdkafka.dylib", "librdkafka.dll"];
        foreach (var path in folders.SelectMany(folder => names.Select(name => Path.Combine(folder, name))).Where(File.Exists))
        {
            if (NativeLibrary.TryLoad(path, out var library))
            {
                return library;
            }
        }

        throw new DllNotFoundException("librdkafka was not found beside the tests.");
    }

    internal enum Api : short
    {
        Produce = 0,
        Fetch = 1,
        ListOffsets = 2,
        Metadata = 3,
        OffsetCommit = 8,
        OffsetFetch = 9,
        InitProducerId = 22,
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint New(int type, nint configuration, nint reason, nuint reasonSize);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint NewCluster(nint client, int brokers);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint Bootstraps(nint cluster);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int NewTopic(nint cluster, [MarshalAs(UnmanagedType.LPUTF8Str)] string topic, int partitions, int replicas);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void PushErrors(nint cluster, short api, nuint count, int[] errors);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int SetBroker(nint cluster, int broker);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int SetRoundTripTime(nint cluster, int broker, int milliseconds);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void Destroy(nint handle);
}
