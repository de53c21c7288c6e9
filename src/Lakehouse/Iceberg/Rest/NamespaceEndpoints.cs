using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Recoup.Lakehouse.Iceberg.Catalogs;

namespace Recoup.Lakehouse.Iceberg.Rest;

internal sealed class NamespaceEndpoints(ICatalog catalog)
{
    public async Task<IResult> ListAsync([FromQuery] string? parent, [FromQuery] string? pageToken, [FromQuery] int? pageSize, CancellationToken cancellation)
    {
        var all = await catalog.ListNamespacesAsync(string.IsNullOrEmpty(parent) ? null : RestNames.Namespace(parent), cancellation);
        var (page, next) = RestPages.Page(all.OrderBy(space => space.ToString(), StringComparer.Ordinal), space => space.ToString(), pageToken, pageSize);
        return RestJson.Ok(new NamespacesBody([.. page.Select(space => space.Levels)], next));
    }

    public async Task<IResult> CreateAsync(HttpRequest request, CancellationToken cancellation)
    {
        var body = await RestJson.ReadAsync<NamespaceBody>(request);
        await catalog.CreateNamespaceAsync(new TableNamespace(body.Namespace), body.Properties, cancellation);
        return RestJson.Ok(body with { Properties = body.Properties ?? new Dictionary<string, string>() });
    }

    public async Task<IResult> LoadAsync(string space, CancellationToken cancellation)
    {
        var name = RestNames.Namespace(space);
        return RestJson.Ok(new NamespaceBody(name.Levels, await catalog.LoadNamespaceAsync(name, cancellation)));
    }

    public async Task<IResult> ExistsAsync(string space, CancellationToken cancellation)
    {
        await catalog.LoadNamespaceAsync(RestNames.Namespace(space), cancellation);
        return Results.NoContent();
    }

    public async Task<IResult> DropAsync(string space, CancellationToken cancellation)
    {
        await catalog.DropNamespaceAsync(RestNames.Namespace(space), cancellation);
        return Results.NoContent();
    }

    public async Task<IResult> UpdateAsync(string space, HttpRequest request, CancellationToken cancellation)
    {
        var body = await RestJson.ReadAsync<UpdateBody>(request);
        var (removals, updates) = (body.Removals ?? [], body.Updates ?? new Dictionary<string, string>());
        if (removals.FirstOrDefault(updates.ContainsKey) is { } both)
        {
            return RestJson.Error(422, "UnprocessableEntityException", $"'{both}' is to be both removed and updated.");
        }

        var name = RestNames.Namespace(space);
        var before = await catalog.LoadNamespaceAsync(name, cancellation);
        await catalog.UpdateNamespaceAsync(name, removals, updates, cancellation);
        return RestJson.Ok(new UpdatedBody([.. updates.Keys], [.. removals.Where(before.ContainsKey)], [.. removals.Where(key => !before.ContainsKey(key))]));
    }

    private sealed record NamespacesBody(IReadOnlyList<IReadOnlyList<string>> Namespaces, string? NextPageToken);

    private sealed record NamespaceBody([property: JsonRequired] IReadOnlyList<string> Namespace, IReadOnlyDictionary<string, string>? Properties);

    private sealed record UpdateBody(IReadOnlyList<string>? Removals, IReadOnlyDictionary<string, string>? Updates);

    private sealed record UpdatedBody(IReadOnlyList<string> Updated, IReadOnlyList<string> Removed, IReadOnlyList<string> Missing);
}
