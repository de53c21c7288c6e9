using System.Text.Json.Serialization;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Views;

namespace Recoup.Lakehouse.Iceberg.Rest;

internal sealed record LoadedViewBody(string MetadataLocation, ViewMetadata Metadata)
{
    public IReadOnlyDictionary<string, string> Config { get; } = new Dictionary<string, string>();
}

internal sealed record CreateViewBody([property: JsonRequired] string Name, [property: JsonRequired] Schema Schema, [property: JsonRequired] ViewVersion ViewVersion)
{
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();
}

internal sealed record CommitViewBody(
    IdentifierBody? Identifier, IReadOnlyList<ViewRequirement>? Requirements, [property: JsonRequired] IReadOnlyList<ViewUpdate> Updates);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(AssertViewUuid), "assert-view-uuid")]
internal abstract record ViewRequirement;

internal sealed record AssertViewUuid([property: JsonRequired] Guid Uuid) : ViewRequirement;

/// <summary>The changes by which an engine gives a view its next version; others are refused as unknown.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "action", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(AddViewSchema), "add-schema")]
[JsonDerivedType(typeof(AddViewVersion), "add-view-version")]
[JsonDerivedType(typeof(SetCurrentViewVersion), "set-current-view-version")]
internal abstract record ViewUpdate;

internal sealed record AddViewSchema([property: JsonRequired] Schema Schema, int? LastColumnId = null) : ViewUpdate;

internal sealed record AddViewVersion([property: JsonRequired] ViewVersion ViewVersion) : ViewUpdate;

/// <param name="ViewVersionId">-1 is the version that this commit added.</param>
internal sealed record SetCurrentViewVersion([property: JsonRequired] int ViewVersionId) : ViewUpdate;
