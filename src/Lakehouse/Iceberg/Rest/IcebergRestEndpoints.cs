using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Metadata;

namespace Recoup.Lakehouse.Iceberg.Rest;

/// <summary>
/// Serves a catalog by Iceberg's REST protocol, so that Trino, Flink, DuckDB, pyiceberg and others can read its tables and commit to them. Credentials
/// and server-side planning are not served; the <c>endpoints</c> of the configuration answer say what is.
/// </summary>
public static class IcebergRestEndpoints
{
    /// <summary>Maps the protocol below a path, usually <c>/iceberg</c>; clients are given that address and add <c>/v1</c> themselves.</summary>
    public static IEndpointConventionBuilder MapIcebergRest(this IEndpointRouteBuilder endpoints, string path, ICatalog catalog)
    {
        var group = endpoints.MapGroup($"{path}/v1");
        group.AddEndpointFilter<RestErrorFilter>();
        group.MapGet("/config", () => RestJson.Ok(new ConfigAnswer(catalog is IViewCatalog)));
        MapNamespaces(group, new NamespaceEndpoints(catalog));
        MapTables(group, new TableEndpoints(catalog));
        if (catalog is IViewCatalog views)
        {
            MapViews(group, new ViewEndpoints(views));
        }

        group.Map("/{**rest}", (string rest) => RestJson.Error(404, "NotFoundException", $"There is no '{rest}' here."));
        return group;
    }

    private static void MapNamespaces(RouteGroupBuilder group, NamespaceEndpoints namespaces)
    {
        group.MapGet("/namespaces", namespaces.ListAsync);
        group.MapPost("/namespaces", namespaces.CreateAsync);
        group.MapGet("/namespaces/{space}", namespaces.LoadAsync);
        group.MapMethods("/namespaces/{space}", [HttpMethods.Head], namespaces.ExistsAsync);
        group.MapDelete("/namespaces/{space}", namespaces.DropAsync);
        group.MapPost("/namespaces/{space}/properties", namespaces.UpdateAsync);
    }

    private static void MapTables(RouteGroupBuilder group, TableEndpoints tables)
    {
        group.MapGet("/namespaces/{space}/tables", tables.ListAsync);
        group.MapPost("/namespaces/{space}/tables", tables.CreateAsync);
        group.MapGet("/namespaces/{space}/tables/{table}", tables.LoadAsync);
        group.MapMethods("/namespaces/{space}/tables/{table}", [HttpMethods.Head], tables.ExistsAsync);
        group.MapPost("/namespaces/{space}/tables/{table}", tables.CommitAsync);
        group.MapDelete("/namespaces/{space}/tables/{table}", tables.DropAsync);
        group.MapPost("/namespaces/{space}/tables/{table}/metrics", tables.ReportAsync);
        group.MapPost("/namespaces/{space}/register", tables.RegisterAsync);
        group.MapPost("/tables/rename", tables.RenameAsync);
        group.MapPost("/transactions/commit", tables.CommitTransactionAsync);
    }

    private static void MapViews(RouteGroupBuilder group, ViewEndpoints views)
    {
        group.MapGet("/namespaces/{space}/views", views.ListAsync);
        group.MapPost("/namespaces/{space}/views", views.CreateAsync);
        group.MapGet("/namespaces/{space}/views/{view}", views.LoadAsync);
        group.MapMethods("/namespaces/{space}/views/{view}", [HttpMethods.Head], views.ExistsAsync);
        group.MapPost("/namespaces/{space}/views/{view}", views.ReplaceAsync);
        group.MapDelete("/namespaces/{space}/views/{view}", views.DropAsync);
        group.MapPost("/views/rename", views.RenameAsync);
    }
}

internal sealed record ConfigAnswer(bool HasViews)
{
    private const string Space = "/v1/{prefix}/namespaces/{namespace}";

    public IReadOnlyDictionary<string, string> Defaults { get; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Overrides { get; } = new Dictionary<string, string>();

    [JsonIgnore]
    public bool HasViews { get; } = HasViews;

    public IReadOnlyList<string> Endpoints => HasViews ? [.. OfTables, .. OfViews] : OfTables;

    private static readonly string[] OfViews =
    [
        $"GET {Space}/views", $"POST {Space}/views", $"GET {Space}/views/{{view}}", $"HEAD {Space}/views/{{view}}", $"POST {Space}/views/{{view}}", $"DELETE {Space}/views/{{view}}",
        "POST /v1/{prefix}/views/rename",
    ];

    private static readonly string[] OfTables =
    [
        "GET /v1/{prefix}/namespaces", "POST /v1/{prefix}/namespaces",
        $"GET {Space}", $"HEAD {Space}", $"DELETE {Space}", $"POST {Space}/properties",
        $"GET {Space}/tables", $"POST {Space}/tables", $"POST {Space}/register",
        $"GET {Space}/tables/{{table}}", $"HEAD {Space}/tables/{{table}}", $"POST {Space}/tables/{{table}}", $"DELETE {Space}/tables/{{table}}",
        $"POST {Space}/tables/{{table}}/metrics",
        "POST /v1/{prefix}/tables/rename", "POST /v1/{prefix}/transactions/commit",
    ];
}

/// <summary>Bodies in the specification's JSON.</summary>
internal static class RestJson
{
    public static IResult Ok<T>(T answer) => Results.Json(answer, MetadataJson.Options);

    public static IResult Error(int status, string type, string message) =>
        Results.Json(new ErrorAnswer(new ErrorModel(message, type, status)), MetadataJson.Options, statusCode: status);

    /// <summary>Reads a request's body.</summary>
    /// <exception cref="IcebergException">It is not JSON, or not what is expected.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(request.Body, MetadataJson.Options, request.HttpContext.RequestAborted)
                ?? throw IcebergException.Invalid("The body is empty.");
        }
        catch (JsonException exception)
        {
            throw IcebergException.Invalid($"The body is not what is expected here: {exception.Message}", exception);
        }
    }

    internal sealed record ErrorAnswer(ErrorModel Error);

    internal sealed record ErrorModel(string Message, string Type, int Code);
}
