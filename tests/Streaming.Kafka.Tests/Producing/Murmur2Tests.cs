using System.Globalization;
using System.Text;
using System.Text.Json;
using Recoup.Streaming.Kafka.Producing;

namespace Recoup.Streaming.Kafka.Tests.Producing;

[TestClass]
public sealed class Murmur2Tests
{
    [TestMethod]
    [DataRow("", 275646681)]
    [DataRow("a", -1563381124)]
    public void Hash_KnownKey_IsJavas(string key, int expected) => Assert.AreEqual(expected, Murmur2.Hash(Encoding.UTF8.GetBytes(key)));

    [TestMethod]
    public void PartitionOf_NoPartitions_Throws() => Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Murmur2.PartitionOf("a"u8, 0));

    [TestMethod]
    [TestCategory("Golden")]
    public void PartitionOf_EveryGoldenKey_IsTheJavaClients()
    {
        var lines = File.ReadLines(GoldenFile("kafka/partitioner.jsonl")).ToList();
        foreach (var line in lines)
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            var key = root.TryGetProperty("key", out var text) ? Encoding.UTF8.GetBytes(text.GetString()!) : root.GetProperty("base64").GetBytesFromBase64();
            Assert.AreEqual(root.GetProperty("murmur2").GetInt32(), Murmur2.Hash(key), line);
            foreach (var expected in root.GetProperty("partition").EnumerateObject())
            {
                var partitions = int.Parse(expected.Name, CultureInfo.InvariantCulture);
                Assert.AreEqual(expected.Value.GetInt32(), Murmur2.PartitionOf(key, partitions), line);
            }
        }

        Assert.HasCount(2_000, lines);
    }

    private static string GoldenFile(string name)
    {
        var shared = Environment.GetEnvironmentVariable("RECOUP_SHARED");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); shared is null && folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Recoup.slnx")))
            {
                shared = Path.Combine(folder.FullName, "..", "shared");
            }
        }

        var path = Path.Combine(shared ?? "", "golden", name);
        if (!File.Exists(path))
        {
            Assert.Inconclusive($"{path} is missing: set RECOUP_SHARED to the folder of golden records.");
        }

        return path;
    }
}
