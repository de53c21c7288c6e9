using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Views;

namespace Recoup.Lakehouse.Iceberg.Rest;

/// <summary>Views, kept in whatever SQL an engine writes them.</summary>
internal sealed class ViewEndpoints(IViewCatalog catalog)
{
    public async Task<IResult> ListAsync(string space, [FromQuery] string? pageToken, [FromQuery] int? pageSize, CancellationToken cancellation)
    {
        var all = await catalog.ListViewsAsync(RestNames.Namespace(space), cancellation);
        var (page, next) = RestPages.Page(all.OrderBy(view => view.Name, StringComparer.Ordinal), view => view.Name, pageToken, pageSize);
        return RestJson.Ok(new TablesBody([.. page.Select(IdentifierBody.Of)], next));
    }

    public async Task<IResult> LoadAsync(string space, string view, CancellationToken cancellation) =>
        Loaded(await catalog.LoadViewAsync(RestNames.Table(space, view), cancellation));

    public async Task<IResult> ExistsAsync(string space, string view, CancellationToken cancellation)
    {
        await catalog.LoadViewAsync(RestNames.Table(space, view), cancellation);
        return Results.NoContent();
    }

    public async Task<IResult> DropAsync(string space, string view, CancellationToken cancellation)
    {
        await catalog.DropViewAsync(RestNames.Table(space, view), cancellation);
        return Results.NoContent();
    }

    public async Task<IResult> CreateAsync(string space, HttpRequest request, CancellationToken cancellation)
    {
        var body = await RestJson.ReadAsync<CreateViewBody>(request);
        var identifier = new TableIdentifier(RestNames.Namespace(space), body.Name);
        if ((await catalog.ListViewsAsync(identifier.Namespace, cancellation)).Contains(identifier))
        {
            throw new IcebergException(IcebergFailure.AlreadyExists, $"The view '{identifier}' exists already.");
        }

        return Loaded(await catalog.ReplaceViewAsync(identifier, Definition(body.Schema, body.ViewVersion) with { Properties = body.Properties }, cancellation));
    }

    public async Task<IResult> ReplaceAsync(string space, string view, HttpRequest request, CancellationToken cancellation)
    {
        var body = await RestJson.ReadAsync<CommitViewBody>(request);
        var existing = await catalog.LoadViewAsync(RestNames.Table(space, view), cancellation);
        if (body.Requirements?.OfType<AssertViewUuid>().FirstOrDefault(required => required.Uuid != existing.Metadata.ViewUuid) is { } other)
        {
            throw IcebergException.Conflict($"The view '{existing.Identifier}' has the uuid {existing.Metadata.ViewUuid}, and not {other.Uuid} any more.");
        }

        var version = body.Updates.OfType<AddViewVersion>().LastOrDefault()?.ViewVersion ?? throw IcebergException.Unsupported("a change of a view that adds no version");
        var schema = version.SchemaId is -1
            ? body.Updates.OfType<AddViewSchema>().LastOrDefault()?.Schema
            : existing.Metadata.Schemas.FirstOrDefault(known => known.SchemaId == version.SchemaId) ?? body.Updates.OfType<AddViewSchema>().LastOrDefault()?.Schema;
        var columns = schema ?? throw IcebergException.Invalid($"The version names schema {version.SchemaId}, and there is none.");
        return Loaded(await catalog.ReplaceViewAsync(existing.Identifier, Definition(columns, version), cancellation));
    }

    public async Task<IResult> RenameAsync(HttpRequest request, CancellationToken cancellation)
    {
        var body = await RestJson.ReadAsync<RenameBody>(request);
        await catalog.RenameViewAsync(body.Source.ToIdentifier(), body.Destination.ToIdentifier(), cancellation);
        return Results.NoContent();
    }

    private static ViewDefinition Definition(Schema schema, ViewVersion version) => new(schema, version.Representations) { DefaultNamespace = version.DefaultNamespace };

    private static IResult Loaded(View view) => RestJson.Ok(new LoadedViewBody(view.MetadataLocation, view.Metadata));
}
