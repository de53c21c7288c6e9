using System.Text.Json;
using Recoup.Embedded.Kafka.Records;

namespace Recoup.Embedded.Kafka.Tests.Records;

/// <summary>Batches as they lie in the log files of Apache Kafka.</summary>
[TestClass]
[TestCategory("Golden")]
public sealed class GoldenBatchTests
{
    [TestMethod]
    public void Header_OfEveryBatchThatKafkaWrote_HasItsFields()
    {
        foreach (var golden in File.ReadLines(SharedData.Path("golden", "kafka", "segments", "batches.jsonl")).Select(line => JsonDocument.Parse(line).RootElement))
        {
            var id = golden.GetProperty("id").GetString();
            var batch = new RecordBatch(Convert.FromHexString(golden.GetProperty("hex").GetString()!));
            Assert.IsTrue(batch.IsIntact, $"checksum of {id}");
            Assert.AreEqual(golden.GetProperty("size").GetInt64(), batch.Size, id);
            Assert.AreEqual(golden.GetProperty("base_offset").GetInt64(), batch.BaseOffset, id);
            Assert.AreEqual(golden.GetProperty("last_offset").GetInt64(), batch.BaseOffset + batch.LastOffsetDelta, id);
            Assert.AreEqual(golden.GetProperty("leader_epoch").GetInt32(), batch.LeaderEpoch, id);
            Assert.AreEqual(golden.GetProperty("magic").GetInt32(), batch.Magic, id);
            Assert.AreEqual(golden.GetProperty("crc").GetInt64(), batch.Crc, id);
            Assert.AreEqual(golden.GetProperty("codec").GetString(), batch.Codec.ToString().ToLowerInvariant(), id);
            Assert.AreEqual(golden.GetProperty("timestamp_type").GetString() == "LogAppendTime", batch.IsLogAppendTime, id);
            Assert.AreEqual(golden.GetProperty("transactional").GetBoolean(), batch.IsTransactional, id);
            Assert.AreEqual(golden.GetProperty("control").GetBoolean(), batch.IsControl, id);
            Assert.AreEqual(golden.GetProperty("base_timestamp").GetInt64(), batch.BaseTimestamp, id);
            Assert.AreEqual(golden.GetProperty("max_timestamp").GetInt64(), batch.MaxTimestamp, id);
            Assert.AreEqual(golden.GetProperty("producer_id").GetInt64(), batch.ProducerId, id);
            Assert.AreEqual(golden.GetProperty("producer_epoch").GetInt32(), batch.ProducerEpoch, id);
            Assert.AreEqual(golden.GetProperty("base_sequence").GetInt32(), batch.BaseSequence, id);
            Assert.AreEqual(golden.GetProperty("count").GetInt32(), batch.Count, id);
        }
    }

    [TestMethod]
    public void Cursor_OverEveryBatchThatIsNotCompressed_FindsOffsetsAndTimes()
    {
        var seen = 0;
        foreach (var golden in File.ReadLines(SharedData.Path("golden", "kafka", "segments", "batches.jsonl")).Select(line => JsonDocument.Parse(line).RootElement))
        {
            var batch = new RecordBatch(Convert.FromHexString(golden.GetProperty("hex").GetString()!));
            if (batch.Codec != CompressionCodec.None || !golden.TryGetProperty("records", out var records))
            {
                continue;
            }

            var cursor = new RecordCursor(batch.Records);
            foreach (var record in records.EnumerateArray())
            {
                Assert.IsTrue(cursor.TryNext());
                Assert.AreEqual(record.GetProperty("offset").GetInt64(), batch.BaseOffset + cursor.OffsetDelta);
                if (!batch.IsLogAppendTime)
                {
                    Assert.AreEqual(record.GetProperty("timestamp").GetInt64(), batch.BaseTimestamp + cursor.TimestampDelta);
                }

                seen++;
            }

            Assert.IsTrue(cursor.IsAtEnd);
        }

        Assert.IsGreaterThan(0, seen);
    }
}
