using System.Text.Json;
using System.Text.Json.Nodes;
using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Tests.Iceberg.Golden;

/// <summary>Transforms and the bytes of bounds, as Iceberg Java computed them.</summary>
[TestClass]
[TestCategory("Golden")]
public sealed class GoldenValueTests
{
    [TestMethod]
    public void Apply_EveryRecordedTransform_GivesJavasResult()
    {
        var wrong = Cases("transforms.jsonl").Select(Difference).OfType<string>().ToArray();

        Assert.IsEmpty(wrong, string.Join('\n', wrong.Take(20)));
    }

    [TestMethod]
    public void Write_EveryRecordedValue_GivesJavasBytes()
    {
        foreach (var line in Cases("single-values.jsonl"))
        {
            var type = TypeOf(line["type"]!);
            var value = ValueText.Parse(type, Text(line["value"]!));
            var bytes = Convert.FromHexString((string)line["hex"]!);

            CollectionAssert.AreEqual(bytes, SingleValue.Write(type, value), line.ToJsonString());
            Assert.AreEqual(0, ValueOrder.Compare(type, value, SingleValue.Read(type, bytes)), line.ToJsonString());
        }
    }

    private static string? Difference(JsonNode line)
    {
        var type = TypeOf(line["type"]!);
        var transform = TransformText.Parse((string)line["transform"]!);
        var value = line["value"] is { } text ? ValueText.Parse(type, Text(text)) : null;
        var resultType = transform.ResultType(type);
        var expected = line["result"] is { } result ? ValueText.Parse(TypeOf(line["result_type"]!), Text(result)) : null;
        var actual = transform.Apply(type, value);
        var isSame = actual is null || expected is null ? actual == expected : ValueOrder.Compare(resultType, actual, expected) is 0;
        var human = TransformText.Human(transform, type, actual);
        return isSame && resultType == TypeOf(line["result_type"]!) && human == (string)line["human"]!
            ? null
            : $"{line.ToJsonString()} gave {actual} of {resultType} ({human})";
    }

    private static IEnumerable<JsonNode> Cases(string file) =>
        File.ReadLines(Shared.Folder("golden", "iceberg", file)).Select(line => JsonNode.Parse(line)!);

    private static PrimitiveType TypeOf(JsonNode type) => (PrimitiveType)type.Deserialize<IcebergType>(MetadataJson.Options)!;

    private static string Text(JsonNode value) => value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
}
