using System.Text.Json;
using Recoup.Lakehouse.Query;
using Recoup.Lakehouse.Query.Formats;
using Recoup.Silo.Http;

namespace Recoup.Silo.Lake;

/// <summary><c>POST /query</c>: one statement over the lake, read-only; the rows as JSON, CSV or an Arrow stream, as the header <c>Accept</c> asks.</summary>
internal static class QueryEndpoint
{
    private const string Arrow = "application/vnd.apache.arrow.stream";
    private const string Csv = "text/csv";

    public static void MapQuery(this IEndpointRouteBuilder app) => app.MapPost("/query", (HttpRequest request, IQueryEngine engine) =>
            RequestBody.UseAsync(request, body => AnswerAsync(request.HttpContext, body, engine)))
        .WithName("Query")
        .WithSummary("Runs one SELECT over the lake: {\"sql\": \"...\"}. JSON, text/csv or application/vnd.apache.arrow.stream by Accept.")
        .Produces(StatusCodes.Status200OK, contentType: "application/json", additionalContentTypes: [Csv, Arrow])
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .ProducesProblem(StatusCodes.Status504GatewayTimeout);

    private static async Task<IResult> AnswerAsync(HttpContext context, JsonElement body, IQueryEngine engine)
    {
        if (!body.TryGetProperty("sql", out var sql) || sql.ValueKind != JsonValueKind.String)
        {
            return Results.Problem(statusCode: StatusCodes.Status422UnprocessableEntity, title: "The body needs the field sql: one statement as text.");
        }

        try
        {
            await using var result = await engine.ExecuteAsync(sql.GetString()!, cancellation: context.RequestAborted);
            await WriteAsync(context, result);
            return Results.Empty;
        }
        catch (QueryException failure) when (!context.Response.HasStarted)
        {
            return Problem(failure);
        }
        catch (QueryException)
        {
            // Part of the rows is on its way: only a broken connection says that they are not all.
            context.Abort();
            return Results.Empty;
        }
    }

    private static Task WriteAsync(HttpContext context, QueryResult result)
    {
        var accepted = context.Request.Headers.Accept.ToString();
        var (type, write) = accepted.Contains(Arrow, StringComparison.OrdinalIgnoreCase) ? (Arrow, ArrowResult.WriteAsync)
            : accepted.Contains(Csv, StringComparison.OrdinalIgnoreCase) ? (Csv, CsvResult.WriteAsync)
            : ("application/json", (Func<QueryResult, Stream, CancellationToken, Task>)JsonResult.WriteAsync);
        context.Response.ContentType = type;
        return write(result, context.Response.Body, context.RequestAborted);
    }

    private static IResult Problem(QueryException failure) => Results.Problem(
        statusCode: failure.Failure switch
        {
            QueryFailure.Syntax => StatusCodes.Status400BadRequest,
            QueryFailure.Timeout => StatusCodes.Status504GatewayTimeout,
            QueryFailure.Unavailable => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status422UnprocessableEntity,
        },
        title: "The query has no result.",
        detail: failure.Message,
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["failure"] = failure.Failure, ["line"] = failure.Line, ["column"] = failure.Column });
}
