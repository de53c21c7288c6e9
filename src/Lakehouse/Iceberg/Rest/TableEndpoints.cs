using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Metadata;

namespace Recoup.Lakehouse.Iceberg.Rest;

internal sealed class TableEndpoints(ICatalog catalog)
{
    public async Task<IResult> ListAsync(string space, [FromQuery] string? pageToken, [FromQuery] int? pageSize, CancellationToken cancellation)
    {
        var all = await catalog.ListTablesAsync(RestNames.Namespace(space), cancellation);
        var (page, next) = RestPages.Page(all.OrderBy(table => table.Name, StringComparer.Ordinal), table => table.Name, pageToken, pageSize);
        return RestJson.Ok(new TablesBody([.. page.Select(IdentifierBody.Of)], next));
    }

    public async Task<IResult> CreateAsync(string space, HttpRequest request, CancellationToken cancellation)
    {
        var body = await RestJson.ReadAsync<CreateTableBody>(request);
        var identifier = new TableIdentifier(RestNames.Namespace(space), body.Name);
        if (!body.StageCreate)
        {
            return Loaded(await catalog.CreateTableAsync(identifier, body.ToDefinition(), cancellation), request, refsOnly: false);
        }

        // A staged table is only described: the client's first commit creates it.
        var metadata = await catalog.StageTableAsync(identifier, body.ToDefinition(), cancellation);
        return RestJson.Ok(new LoadedTableBody(null, metadata));
    }

    public async Task<IResult> LoadAsync(string space, string table, [FromQuery] string? snapshots, HttpRequest request, CancellationToken cancellation)
    {
        if (snapshots is not (null or "all" or "refs"))
        {
            throw IcebergException.Invalid($"snapshots is '{snapshots}'; all or refs is expected.");
        }

        return Loaded(await catalog.LoadTableAsync(RestNames.Table(space, table), cancellation), request, snapshots is "refs");
    }

    public async Task<IResult> ExistsAsync(string space, string table, CancellationToken cancellation)
    {
        await catalog.LoadTableAsync(RestNames.Table(space, table), cancellation);
        return Results.NoContent();
    }

    public async Task<IResult> CommitAsync(string space, string table, HttpRequest request, CancellationToken cancellation)
    {
        var body = await RestJson.ReadAsync<CommitBody>(request);
        var identifier = RestNames.Table(space, table);
        if (body.Identifier is { } named && named.ToIdentifier() != identifier)
        {
            throw IcebergException.Invalid($"The body names '{named.ToIdentifier()}' and the path '{identifier}'.");
        }

        var committed = (await catalog.CommitAsync([new TableCommit(identifier, body.Requirements, body.Updates)], cancellation))[0];
        return RestJson.Ok(new CommittedBody(committed.MetadataLocation, committed.Metadata));
    }

    public async Task<IResult> CommitTransactionAsync(HttpRequest request, CancellationToken cancellation)
    {
        var body = await RestJson.ReadAsync<TransactionBody>(request);
        await catalog.CommitAsync([.. body.TableChanges.Select(ToCommit)], cancellation);
        return Results.NoContent();
    }

    public async Task<IResult> DropAsync(string space, string table, [FromQuery] bool? purgeRequested, CancellationToken cancellation)
    {
        await catalog.DropTableAsync(RestNames.Table(space, table), purgeRequested is true, cancellation);
        return Results.NoContent();
    }

    public async Task<IResult> RenameAsync(HttpRequest request, CancellationToken cancellation)
    {
        var body = await RestJson.ReadAsync<RenameBody>(request);
        await catalog.RenameTableAsync(body.Source.ToIdentifier(), body.Destination.ToIdentifier(), cancellation);
        return Results.NoContent();
    }

    public async Task<IResult> RegisterAsync(string space, HttpRequest request, CancellationToken cancellation)
    {
        var body = await RestJson.ReadAsync<RegisterBody>(request);
        if (body.Overwrite)
        {
            throw IcebergException.Unsupported("registering over a table that exists");
        }

        return Loaded(await catalog.RegisterTableAsync(RestNames.Table(space, body.Name), body.MetadataLocation, cancellation), request, refsOnly: false);
    }

    /// <summary>Takes a client's report of what its scan or commit cost, and keeps none.</summary>
    public async Task<IResult> ReportAsync(string space, string table, HttpRequest request, CancellationToken cancellation)
    {
        await RestJson.ReadAsync<Dictionary<string, object>>(request);
        await catalog.LoadTableAsync(RestNames.Table(space, table), cancellation);
        return Results.NoContent();
    }

    private static TableCommit ToCommit(CommitBody body) =>
        new(body.Identifier?.ToIdentifier() ?? throw IcebergException.Invalid("Each change of a transaction needs an identifier."), body.Requirements, body.Updates);

    /// <summary>The metadata file's location changes with every commit, so it is the entity's tag.</summary>
    private static IResult Loaded(Table table, HttpRequest request, bool refsOnly)
    {
        var tag = $"W/\"{table.MetadataLocation[(table.MetadataLocation.LastIndexOf('/') + 1)..]}{(refsOnly ? ";refs" : "")}\"";
        request.HttpContext.Response.Headers.ETag = tag;
        return request.Headers.IfNoneMatch == tag
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : RestJson.Ok(new LoadedTableBody(table.MetadataLocation, refsOnly ? Referenced(table.Metadata) : table.Metadata));
    }

    private static TableMetadata Referenced(TableMetadata metadata) => metadata with
    {
        Snapshots = [.. metadata.Snapshots.Where(snapshot => metadata.Refs.Values.Any(reference => reference.SnapshotId == snapshot.SnapshotId))],
    };
}
