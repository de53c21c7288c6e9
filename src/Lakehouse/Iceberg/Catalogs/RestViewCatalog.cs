using System.Text.Json;
using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Rest;
using Recoup.Lakehouse.Iceberg.Views;

namespace Recoup.Lakehouse.Iceberg.Catalogs;

/// <summary>The views of a REST catalog. One that does not offer them has none, and refuses to create any.</summary>
internal sealed class RestViewCatalog(RestCatalogConnection connection) : IViewCatalog
{
    private const string List = "GET /v1/{prefix}/namespaces/{namespace}/views";

    public async Task<IReadOnlyList<TableIdentifier>> ListViewsAsync(TableNamespace space, CancellationToken cancellation = default)
    {
        var found = new List<TableIdentifier>();
        var token = await connection.OffersAsync(List, cancellation) ? "" : null;
        while (token is not null)
        {
            var page = await connection.SendAsync<TablesBody>(HttpMethod.Get, $"{PathOf(space)}?pageToken={Uri.EscapeDataString(token)}", null, cancellation);
            found.AddRange(page.Identifiers.Select(identifier => identifier.ToIdentifier()));
            token = page.NextPageToken;
        }

        return found;
    }

    public async Task<View> LoadViewAsync(TableIdentifier identifier, CancellationToken cancellation = default) =>
        await connection.OffersAsync(List, cancellation)
            ? Loaded(identifier, await connection.SendAsync(HttpMethod.Get, PathOf(identifier), null, cancellation))
            : throw SqliteViews.NoSuchView(identifier);

    public async Task<View> ReplaceViewAsync(TableIdentifier identifier, ViewDefinition definition, CancellationToken cancellation = default)
    {
        if (!await connection.OffersAsync(List, cancellation))
        {
            throw IcebergException.Unsupported($"the view '{identifier}': the catalog does not offer '{List}'");
        }

        var isThere = (await ListViewsAsync(identifier.Namespace, cancellation)).Contains(identifier);
        return isThere ? await NextAsync(identifier, definition, cancellation) : await CreateAsync(identifier, definition, cancellation);
    }

    public Task RenameViewAsync(TableIdentifier source, TableIdentifier destination, CancellationToken cancellation = default) =>
        connection.SendAsync(HttpMethod.Post, "views/rename", new RenameBody(IdentifierBody.Of(source), IdentifierBody.Of(destination)), cancellation);

    public Task DropViewAsync(TableIdentifier identifier, CancellationToken cancellation = default) =>
        connection.SendAsync(HttpMethod.Delete, PathOf(identifier), null, cancellation);

    private static string PathOf(TableNamespace space) => $"namespaces/{RestNames.Path(space)}/views";

    private static string PathOf(TableIdentifier identifier) => $"{PathOf(identifier.Namespace)}/{Uri.EscapeDataString(identifier.Name)}";

    private static View Loaded(TableIdentifier identifier, JsonElement answer) =>
        new(identifier, answer.GetProperty("metadata").Deserialize<ViewMetadata>(MetadataJson.Options)!, answer.GetProperty("metadata-location").GetString()!);

    private async Task<View> CreateAsync(TableIdentifier identifier, ViewDefinition definition, CancellationToken cancellation)
    {
        var first = ViewVersions.First(identifier, definition, "", connection.Clock.GetUtcNow());
        return Loaded(identifier, await connection.SendCommitAsync(
            PathOf(identifier.Namespace), new CreateViewBody(identifier.Name, first.CurrentSchema, first.CurrentVersion) { Properties = first.Properties }, cancellation));
    }

    private async Task<View> NextAsync(TableIdentifier identifier, ViewDefinition definition, CancellationToken cancellation)
    {
        var before = await LoadViewAsync(identifier, cancellation);
        var next = ViewVersions.Next(before.Metadata, identifier, definition, connection.Clock.GetUtcNow());
        ViewUpdate[] updates =
        [
            new AddViewSchema(next.CurrentSchema, next.CurrentSchema.HighestFieldId),
            new AddViewVersion(next.CurrentVersion with { SchemaId = -1 }),
            new SetCurrentViewVersion(-1),
        ];
        return Loaded(identifier, await connection.SendCommitAsync(
            PathOf(identifier), new CommitViewBody(IdentifierBody.Of(identifier), [new AssertViewUuid(before.Metadata.ViewUuid)], updates), cancellation));
    }
}
