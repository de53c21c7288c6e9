using System.Globalization;
using Recoup.Lakehouse.Iceberg.Caching;
using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Storage;

namespace Recoup.Lakehouse.Iceberg.Catalogs;

/// <summary>Reads and writes metadata files; those read or written last are kept.</summary>
internal sealed class MetadataFiles(ITableStorage storage)
{
    private const int Kept = 64;
    private readonly BoundedCache<TableMetadata> cache = new(Kept);

    public async Task<TableMetadata> ReadAsync(string location, CancellationToken cancellation) =>
        cache.Find(location) ?? cache.Keep(location, MetadataJson.Read(await storage.ReadAsync(location, cancellation), location));

    /// <summary>Writes the next metadata file of a table and gives its location; a commit makes it the table's.</summary>
    public async Task<string> WriteAsync(TableMetadata metadata, string? previousLocation, CancellationToken cancellation)
    {
        if (metadata.FormatVersion is not TableMetadata.WrittenFormatVersion)
        {
            throw IcebergException.Unsupported($"committing to a table of format version {metadata.FormatVersion}: upgrade it to 2");
        }

        var version = previousLocation is null ? 0 : VersionOf(previousLocation) + 1;
        var location = string.Create(CultureInfo.InvariantCulture, $"{metadata.Location}/metadata/{version:D5}-{Guid.CreateVersion7()}.metadata.json");
        await storage.WriteNewAsync(location, MetadataJson.Write(metadata), cancellation);
        cache.Keep(location, metadata);
        return location;
    }

    /// <summary>Deletes what fell off the metadata log, where the table asks for it; the commit is made already.</summary>
    public async Task DeleteForgottenAsync(TableMetadata before, TableMetadata after)
    {
        if (after.Properties.GetValueOrDefault(TableProperties.DeletePreviousMetadata) is not "true")
        {
            return;
        }

        try
        {
            foreach (var forgotten in before.MetadataLog.Except(after.MetadataLog))
            {
                await storage.DeleteAsync(forgotten.MetadataFile, CancellationToken.None);
            }
        }
        catch (IOException)
        {
            // The commit must not look failed because of an old file; orphan removal takes it.
        }
    }

    private static int VersionOf(string location) =>
        int.TryParse(location[(location.LastIndexOf('/') + 1)..].Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
}
