using Recoup.Client.Simulate;

namespace Recoup.Client.Tests.Simulate;

[TestClass]
public sealed class AcknowledgementRecordTests
{
    [TestMethod]
    public void Add_FromManyThreads_WritesWholeLinesThatAreThereAtOnce()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using var record = AcknowledgementRecord.Open(path);
            Parallel.For(0, 500, number => record.Add($"pay_{number:000}"));

            // Read while the record is still open: a crash would leave this.
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            CollectionAssert.AreEquivalent(Enumerable.Range(0, 500).Select(number => $"pay_{number:000}").ToArray(), lines);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
