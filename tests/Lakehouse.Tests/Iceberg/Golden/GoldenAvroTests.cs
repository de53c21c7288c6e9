using System.Globalization;
using System.Text.Json.Nodes;
using Recoup.Lakehouse.Iceberg.Manifests;
using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Partitioning;

namespace Recoup.Lakehouse.Tests.Iceberg.Golden;

/// <summary>Manifests and manifest lists of other engines, against the records that were decoded from them; and ours, against their schemas.</summary>
[TestClass]
[TestCategory("Golden")]
public sealed class GoldenAvroTests
{
    private static readonly string[] Files = [.. FilesOf()];

    public static IEnumerable<object[]> AvroFiles() => Files.Select(file => new object[] { file });

    [TestMethod]
    [DynamicData(nameof(AvroFiles))]
    public void Read_ManifestsOfATable_GiveTheRecordedValues(string file)
    {
        var storage = new GoldenStorage(Shared.Folder("golden", "iceberg", "tables"));
        var metadata = Metadata(storage, file);
        foreach (var line in File.ReadLines(Path.Combine(Shared.Folder("golden", "iceberg", "avro"), file)).Select(line => JsonNode.Parse(line)!))
        {
            var location = "s3://recoup-golden/wh/" + (string)line["file"]!;
            var bytes = File.ReadAllBytes(storage.PathOf(location));
            if ((string)line["kind"]! is "manifest-list")
            {
                CompareList(line["records"]!.AsArray(), ManifestListFile.Read(bytes, location));
                continue;
            }

            var manifest = new ManifestFile { Path = location, Length = bytes.Length, SequenceNumber = 77, AddedSnapshotId = 78 };
            var spec = metadata.SpecOf(int.Parse((string)line["metadata"]!["partition-spec-id"]!, CultureInfo.InvariantCulture));
            var entries = ManifestEntryFile.Read(bytes, manifest, spec, metadata.SourceType);
            CompareEntries(line["records"]!.AsArray(), entries);
            CompareRoundTrip(metadata, spec, manifest, entries);
        }
    }

    [TestMethod]
    public void Write_Schemas_HaveTheFieldsAndIdsOfJavas()
    {
        var schemas = JsonNode.Parse(File.ReadAllText(Shared.Folder("golden", "iceberg", "avro", "schemas.json")))!;
        var kinds = File.ReadLines(Shared.Folder("golden", "iceberg", "avro", "java.part_evolution.jsonl")).Select(line => JsonNode.Parse(line)!).ToArray();
        var storage = new GoldenStorage(Shared.Folder("golden", "iceberg", "tables"));
        var metadata = Metadata(storage, "java.part_evolution.jsonl");
        foreach (var line in kinds)
        {
            var ours = (string)line["kind"]! is "manifest-list"
                ? ManifestSchemas.ManifestList
                : ManifestSchemas.Manifest(metadata.SpecOf(int.Parse((string)line["metadata"]!["partition-spec-id"]!, CultureInfo.InvariantCulture)), metadata.SourceType);
            Assert.AreEqual(Undocumented(schemas[(string)line["writer_schema"]!]!), Undocumented(JsonNode.Parse(ours)!));
        }
    }

    private static void CompareList(JsonArray expected, IReadOnlyList<ManifestFile> actual)
    {
        Assert.HasCount(expected.Count, actual);
        foreach (var (record, manifest) in expected.Zip(actual))
        {
            Assert.AreEqual((string)record!["manifest_path"]!, manifest.Path);
            Assert.AreEqual(Text(record["manifest_length"]), Text(manifest.Length));
            Assert.AreEqual(Text(record["content"]) ?? "0", Text((int)manifest.Content));
            Assert.AreEqual(Text(record["sequence_number"]) ?? "0", Text(manifest.SequenceNumber));
            Assert.AreEqual(Text(record["added_snapshot_id"]), Text(manifest.AddedSnapshotId));
            Assert.AreEqual(Text(record["added_files_count"] ?? record["added_data_files_count"]), Text(manifest.AddedFilesCount));
            Assert.AreEqual(Text(record["deleted_rows_count"]), Text(manifest.DeletedRowsCount));
            var partitions = record["partitions"]?.AsArray() ?? [];
            CollectionAssert.AreEqual(
                partitions.Select(part => $"{part!["contains_null"]} {part["lower_bound"]} {part["upper_bound"]}").ToArray(),
                manifest.Partitions.Select(part => $"{(part.ContainsNull ? "true" : "false")} {Hex(part.LowerBound)} {Hex(part.UpperBound)}").ToArray());
        }
    }

    private static void CompareEntries(JsonArray expected, IReadOnlyList<ManifestEntry> actual)
    {
        Assert.HasCount(expected.Count, actual);
        foreach (var (record, entry) in expected.Zip(actual))
        {
            var (file, recorded) = (entry.File, record!["data_file"]!);
            Assert.AreEqual(Text(record["status"]), Text((int)entry.Status));
            Assert.AreEqual(Text(record["snapshot_id"]) ?? "78", Text(entry.SnapshotId));
            Assert.AreEqual(Text(record["sequence_number"]) ?? (entry.Status is EntryStatus.Added ? "77" : "0"), Text(entry.SequenceNumber));
            Assert.AreEqual((string)recorded["file_path"]!, file.FilePath);
            Assert.AreEqual(Text(recorded["record_count"]), Text(file.RecordCount));
            Assert.AreEqual(Text(recorded["file_size_in_bytes"]), Text(file.FileSizeInBytes));
            Assert.AreEqual(Text(recorded["content"]) ?? "0", Text((int)file.Content));
            CollectionAssert.AreEqual(Pairs(recorded["null_value_counts"]), Pairs(file.NullValueCounts, count => Text(count)!));
            CollectionAssert.AreEqual(Pairs(recorded["value_counts"]), Pairs(file.ValueCounts, count => Text(count)!));
            CollectionAssert.AreEqual(Pairs(recorded["lower_bounds"]), Pairs(file.LowerBounds, Hex));
            CollectionAssert.AreEqual(Pairs(recorded["upper_bounds"]), Pairs(file.UpperBounds, Hex));
            Assert.AreEqual(recorded["partition"]!.AsObject().Count, file.Partition.Count);
        }
    }

    /// <summary>What we write of the entries is read back as the same.</summary>
    private static void CompareRoundTrip(TableMetadata metadata, PartitionSpec spec, ManifestFile manifest, IReadOnlyList<ManifestEntry> entries)
    {
        var bytes = ManifestEntryFile.Write(metadata.CurrentSchema, spec, ManifestContent.Data, metadata.SourceType, entries);
        var again = ManifestEntryFile.Read(bytes, manifest, spec, metadata.SourceType);
        foreach (var (before, after) in entries.Zip(again))
        {
            Assert.AreEqual((before.Status, before.SnapshotId, before.SequenceNumber, before.FileSequenceNumber), (after.Status, after.SnapshotId, after.SequenceNumber, after.FileSequenceNumber));
            Assert.AreEqual(PartitionKey.Of(before.File), PartitionKey.Of(after.File));
            CollectionAssert.AreEqual(Pairs(before.File.UpperBounds, Hex), Pairs(after.File.UpperBounds, Hex));
            CollectionAssert.AreEqual(Pairs(before.File.NanValueCounts, count => Text(count)!), Pairs(after.File.NanValueCounts, count => Text(count)!));
            Assert.AreEqual(
                (before.File.FilePath, before.File.RecordCount, before.File.SortOrderId, before.File.ReferencedDataFile),
                (after.File.FilePath, after.File.RecordCount, after.File.SortOrderId, after.File.ReferencedDataFile));
        }
    }

    private static string[] Pairs(JsonNode? pairs) =>
        [.. (pairs?.AsArray() ?? []).OrderBy(pair => (int)pair!["key"]!).Select(pair => $"{pair!["key"]}={Text(pair["value"])}")];

    private static string[] Pairs<T>(IReadOnlyDictionary<int, T> map, Func<T, string> text) =>
        [.. map.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}={text(pair.Value)}")];

    private static string Hex(byte[]? bytes) => bytes is null ? "" : Convert.ToHexStringLower(bytes);

    private static string? Text(JsonNode? value) => value?.ToString();

    private static string? Text(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    /// <summary>A schema without documentation, its keys in order.</summary>
    private static string Undocumented(JsonNode node) => node switch
    {
        JsonObject entries => $"{{{string.Join(',', entries.Where(pair => pair.Key is not "doc").OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}:{(pair.Value is null ? "null" : Undocumented(pair.Value))}"))}}}",
        JsonArray items => $"[{string.Join(',', items.Select(item => item is null ? "null" : Undocumented(item)))}]",
        _ => node.ToJsonString(),
    };

    private static TableMetadata Metadata(GoldenStorage storage, string file)
    {
        var table = Path.GetFileNameWithoutExtension(file).Split('.', 2);
        var expected = JsonNode.Parse(File.ReadAllText(storage.PathOf($"s3://recoup-golden/wh/{table[0]}/{table[1]}.expected.json")))!;
        return GoldenTableTests.Open(storage, $"{table[0]}/{table[1]}", expected).Metadata;
    }

    private static IEnumerable<string> FilesOf()
    {
        var folder = Shared.PathOf("golden", "iceberg", "avro");
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.jsonl").Select(Path.GetFileName).OfType<string>().Where(name => !name.StartsWith("java.v3_", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            : ["missing"];
    }
}
