using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Schemas;

namespace Recoup.Lakehouse.Iceberg.Views;

/// <summary>Makes the metadata of a new view, and of the next version of one.</summary>
internal static class ViewVersions
{
    /// <summary>Older versions are of use to nobody here, so only some are kept.</summary>
    private const int Kept = 10;

    public static ViewMetadata First(TableIdentifier identifier, ViewDefinition definition, string warehouse, DateTimeOffset now)
    {
        var uuid = Guid.CreateVersion7();
        var version = Version(1, 0, identifier, definition, now);
        return new ViewMetadata
        {
            ViewUuid = uuid,
            FormatVersion = ViewMetadata.WrittenFormatVersion,
            Location = NewTable.DefaultLocation(identifier, warehouse, uuid),
            CurrentVersionId = 1,
            Versions = [version],
            VersionLog = [new ViewVersionLogEntry(version.TimestampMs, 1)],
            Schemas = [FreshIds.Assign(definition.Schema).Schema],
            Properties = definition.Properties,
        };
    }

    public static ViewMetadata Next(ViewMetadata view, TableIdentifier identifier, ViewDefinition definition, DateTimeOffset now)
    {
        var schema = FreshIds.Assign(definition.Schema).Schema;
        var known = view.Schemas.FirstOrDefault(other => other.SameColumns(schema));
        var schemaId = known?.SchemaId ?? view.Schemas.Max(other => other.SchemaId) + 1;
        var version = Version(view.Versions.Max(other => other.VersionId) + 1, schemaId, identifier, definition, now);
        return Add(view with { Schemas = known is null ? [.. view.Schemas, schema with { SchemaId = schemaId }] : view.Schemas }, version);
    }

    /// <summary>Makes a version the current one.</summary>
    public static ViewMetadata Add(ViewMetadata view, ViewVersion version)
    {
        ViewVersion[] versions = [.. view.Versions.TakeLast(Kept - 1), version];
        return view with
        {
            CurrentVersionId = version.VersionId,
            Versions = versions,
            VersionLog = [.. view.VersionLog.TakeLast(Kept - 1), new ViewVersionLogEntry(version.TimestampMs, version.VersionId)],
            Schemas = [.. view.Schemas.Where(schema => versions.Any(kept => kept.SchemaId == schema.SchemaId))],
        };
    }

    private static ViewVersion Version(int id, int schemaId, TableIdentifier identifier, ViewDefinition definition, DateTimeOffset now) =>
        new(id, now.ToUnixTimeMilliseconds(), schemaId)
        {
            Summary = new Dictionary<string, string> { ["engine-name"] = "recoup" },
            Representations = definition.Representations,
            DefaultNamespace = definition.DefaultNamespace ?? identifier.Namespace.Levels,
        };
}
