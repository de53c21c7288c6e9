using System.Text;
using System.Text.Json;
using Recoup.Streaming.Kafka.Consuming;
using Recoup.Streaming.Kafka.Hosting;
using Recoup.Streaming.Kafka.Records;
using Recoup.Streaming.Kafka.Streams;
using Recoup.Streaming.Kafka.Tests.Streams;

namespace Recoup.Streaming.Kafka.Tests.Records;

[TestClass]
public sealed class JsonRecordSerializerTests
{
    private static readonly StreamId Stream = StreamId.Create("notes", "k");

    [TestMethod]
    public void Serialize_WithOptions_WritesTheNamesAndHeadersThatAreAskedFor()
    {
        var serializer = new JsonRecordSerializer(new JsonRecordOptions
        {
            Json = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseUpper },
            EventTypeOf = static _ => "note.written",
            SchemaVersionOf = static _ => 3,
        });

        var record = serializer.Serialize(Stream, new NoteWritten("x"));

        Assert.AreEqual("{\"TEXT\":\"x\"}", Encoding.UTF8.GetString(record.Value!));
        Assert.AreEqual("k", Encoding.UTF8.GetString(record.Key!));
        Assert.AreEqual("note.written", record.Header(HeaderNames.EventType));
        Assert.AreEqual("3", record.Header(HeaderNames.SchemaVersion));
    }

    [TestMethod]
    public void Deserialize_WhatWasSerialized_IsTheSameEvent()
    {
        var serializer = new JsonRecordSerializer();

        Assert.AreEqual(new NoteWritten("häß"), serializer.Deserialize(serializer.Serialize(Stream, new NoteWritten("häß")), typeof(NoteWritten)));
    }

    [TestMethod]
    [DataRow("{\"text\":\"4111111111111111\"")]
    [DataRow("null")]
    [DataRow("")]
    [DataRow("[1]")]
    public void Deserialize_AnythingElse_SaysSoAndQuotesNothing(string value)
    {
        var record = new KafkaRecord { Value = Encoding.UTF8.GetBytes(value) };

        var exception = Assert.ThrowsExactly<KafkaRecordException>(() => new JsonRecordSerializer().Deserialize(record, typeof(NoteWritten)));

        Assert.IsFalse(exception.ToString().Contains("4111", StringComparison.Ordinal), exception.ToString());
    }

    [TestMethod]
    public void Deserialize_Tombstone_SaysSo() => StringAssert.Contains(
        Assert.ThrowsExactly<KafkaRecordException>(() => new JsonRecordSerializer().Deserialize(new KafkaRecord(), typeof(NoteWritten))).Message, "tombstone");

    [TestMethod]
    public void StreamOf_KeyThatIsNoText_IsRefused()
    {
        var partition = new KafkaPartition(new KafkaTopicOptions("notes", typeof(NoteWritten)), 3);

        Assert.ThrowsExactly<KafkaRecordException>(() => RecordDecoder.StreamOf(partition, [0xC3, 0x28]));
    }

    [TestMethod]
    public void StreamOf_NoKey_IsTheStreamOfThePartition()
    {
        var partition = new KafkaPartition(new KafkaTopicOptions("notes", typeof(NoteWritten)), 3);

        Assert.AreEqual(StreamId.Create("notes", "partition-3"), RecordDecoder.StreamOf(partition, null));
        Assert.AreEqual(StreamId.Create("notes", "partition-3"), RecordDecoder.StreamOf(partition, []));
    }

    [TestMethod]
    public void StreamOf_StreamPerPartition_IgnoresTheKey()
    {
        var partition = new KafkaPartition(new KafkaTopicOptions("notes", typeof(NoteWritten)) { StreamPer = StreamPer.Partition }, 3);

        Assert.AreEqual(StreamId.Create("notes", "3"), RecordDecoder.StreamOf(partition, "k"u8.ToArray()));
    }
}
