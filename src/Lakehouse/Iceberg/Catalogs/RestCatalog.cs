using System.Text.Json;
using System.Text.Json.Nodes;
using Recoup.Lakehouse.Iceberg.Manifests;
using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Rest;
using Recoup.Lakehouse.Iceberg.Storage;
using Recoup.Lakehouse.Iceberg.Views;

namespace Recoup.Lakehouse.Iceberg.Catalogs;

/// <summary>
/// Any Iceberg REST catalog, such as Polaris. Files are read and written with this process's own access to the storage; credentials that a catalog
/// would hand out are not asked for.
/// </summary>
public sealed class RestCatalog(RestCatalogConnection connection, ITableStorage storage) : ICatalog, IViewCatalog
{
    private const string Transactions = "POST /v1/{prefix}/transactions/commit";
    private readonly ManifestReader manifests = new(storage);
    private readonly RestViewCatalog views = new(connection);

    public async Task<IReadOnlyList<TableNamespace>> ListNamespacesAsync(TableNamespace? parent = null, CancellationToken cancellation = default)
    {
        var found = new List<TableNamespace>();
        string? token = "";
        while (token is not null)
        {
            var query = $"?pageToken={Uri.EscapeDataString(token)}{(parent is null ? "" : $"&parent={RestNames.Path(parent)}")}";
            var page = await connection.SendAsync<NamespacePage>(HttpMethod.Get, $"namespaces{query}", null, cancellation);
            found.AddRange(page.Namespaces.Select(levels => new TableNamespace(levels)));
            token = page.NextPageToken;
        }

        return found;
    }

    public Task CreateNamespaceAsync(TableNamespace space, IReadOnlyDictionary<string, string>? properties = null, CancellationToken cancellation = default) =>
        connection.SendAsync(HttpMethod.Post, "namespaces", new NamespaceAnswer(space.Levels, properties ?? new Dictionary<string, string>()), cancellation);

    public async Task<IReadOnlyDictionary<string, string>> LoadNamespaceAsync(TableNamespace space, CancellationToken cancellation = default) =>
        (await connection.SendAsync<NamespaceAnswer>(HttpMethod.Get, PathOf(space), null, cancellation)).Properties ?? new Dictionary<string, string>();

    public Task UpdateNamespaceAsync(
        TableNamespace space, IReadOnlyCollection<string> removals, IReadOnlyDictionary<string, string> updates, CancellationToken cancellation = default) =>
        connection.SendAsync(HttpMethod.Post, $"{PathOf(space)}/properties", new NamespaceChange(removals, updates), cancellation);

    public Task DropNamespaceAsync(TableNamespace space, CancellationToken cancellation = default) =>
        connection.SendAsync(HttpMethod.Delete, PathOf(space), null, cancellation);

    public async Task<IReadOnlyList<TableIdentifier>> ListTablesAsync(TableNamespace space, CancellationToken cancellation = default)
    {
        var found = new List<TableIdentifier>();
        string? token = "";
        while (token is not null)
        {
            var page = await connection.SendAsync<TablesBody>(HttpMethod.Get, $"{PathOf(space)}/tables?pageToken={Uri.EscapeDataString(token)}", null, cancellation);
            found.AddRange(page.Identifiers.Select(identifier => identifier.ToIdentifier()));
            token = page.NextPageToken;
        }

        return found;
    }

    public async Task<Table> CreateTableAsync(TableIdentifier identifier, TableDefinition definition, CancellationToken cancellation = default) =>
        Loaded(identifier, await connection.SendAsync(HttpMethod.Post, $"{PathOf(identifier.Namespace)}/tables", Body(identifier, definition, stage: false), cancellation));

    public async Task<TableMetadata> StageTableAsync(TableIdentifier identifier, TableDefinition definition, CancellationToken cancellation = default) =>
        MetadataOf(await connection.SendAsync(HttpMethod.Post, $"{PathOf(identifier.Namespace)}/tables", Body(identifier, definition, stage: true), cancellation));

    public async Task<Table> LoadTableAsync(TableIdentifier identifier, CancellationToken cancellation = default) =>
        Loaded(identifier, await connection.SendAsync(HttpMethod.Get, PathOf(identifier), null, cancellation));

    public async Task<IReadOnlyList<Table>> CommitAsync(IReadOnlyList<TableCommit> changes, CancellationToken cancellation = default)
    {
        if (changes is [var only])
        {
            return [Loaded(only.Identifier, await connection.SendCommitAsync(PathOf(only.Identifier), Body(only), cancellation))];
        }

        if (!await connection.OffersAsync(Transactions, cancellation))
        {
            throw IcebergException.Unsupported($"a commit of {changes.Count} tables at once: the catalog does not offer '{Transactions}'");
        }

        await connection.SendCommitAsync("transactions/commit", new TransactionBody([.. changes.Select(Body)]), cancellation);
        return await Task.WhenAll(changes.Select(change => LoadTableAsync(change.Identifier, cancellation)));
    }

    public Task DropTableAsync(TableIdentifier identifier, bool purge = false, CancellationToken cancellation = default) =>
        connection.SendAsync(HttpMethod.Delete, $"{PathOf(identifier)}?purgeRequested={(purge ? "true" : "false")}", null, cancellation);

    public Task RenameTableAsync(TableIdentifier source, TableIdentifier destination, CancellationToken cancellation = default) =>
        connection.SendAsync(HttpMethod.Post, "tables/rename", new RenameBody(IdentifierBody.Of(source), IdentifierBody.Of(destination)), cancellation);

    public async Task<Table> RegisterTableAsync(TableIdentifier identifier, string metadataLocation, CancellationToken cancellation = default) =>
        Loaded(identifier, await connection.SendAsync(
            HttpMethod.Post, $"{PathOf(identifier.Namespace)}/register", new RegisterBody(identifier.Name, metadataLocation), cancellation));

    public Task<IReadOnlyList<TableIdentifier>> ListViewsAsync(TableNamespace space, CancellationToken cancellation = default) =>
        views.ListViewsAsync(space, cancellation);

    public Task<View> LoadViewAsync(TableIdentifier identifier, CancellationToken cancellation = default) => views.LoadViewAsync(identifier, cancellation);

    public Task<View> ReplaceViewAsync(TableIdentifier identifier, ViewDefinition definition, CancellationToken cancellation = default) =>
        views.ReplaceViewAsync(identifier, definition, cancellation);

    public Task RenameViewAsync(TableIdentifier source, TableIdentifier destination, CancellationToken cancellation = default) =>
        views.RenameViewAsync(source, destination, cancellation);

    public Task DropViewAsync(TableIdentifier identifier, CancellationToken cancellation = default) => views.DropViewAsync(identifier, cancellation);

    private static string PathOf(TableNamespace space) => $"namespaces/{RestNames.Path(space)}";

    private static string PathOf(TableIdentifier identifier) => $"{PathOf(identifier.Namespace)}/tables/{Uri.EscapeDataString(identifier.Name)}";

    private static CreateTableBody Body(TableIdentifier identifier, TableDefinition definition, bool stage) => new(identifier.Name, definition.Schema)
    {
        Location = definition.Location,
        PartitionSpec = definition.PartitionSpec,
        WriteOrder = definition.SortOrder,
        StageCreate = stage,
        Properties = definition.Properties,
    };

    private static CommitBody Body(TableCommit change) => new(IdentifierBody.Of(change.Identifier), change.Requirements, change.Updates);

    private static TableMetadata MetadataOf(JsonElement answer) =>
        MetadataJson.Read(JsonObject.Create(answer.GetProperty("metadata"))!);

    private Table Loaded(TableIdentifier identifier, JsonElement answer) =>
        new(identifier, MetadataOf(answer), answer.GetProperty("metadata-location").GetString()!, manifests);

    private sealed record NamespacePage(IReadOnlyList<IReadOnlyList<string>> Namespaces, string? NextPageToken);

    private sealed record NamespaceAnswer(IReadOnlyList<string> Namespace, IReadOnlyDictionary<string, string>? Properties);

    private sealed record NamespaceChange(IReadOnlyCollection<string> Removals, IReadOnlyDictionary<string, string> Updates);
}
