using System.Text.Json;
using Recoup.Intake;
using Recoup.Lakehouse.FlinkSql.Backfilling;
using Recoup.Lakehouse.Iceberg;
using Recoup.Silo.Http;
using Recoup.Silo.Http.Problems;

namespace Recoup.Silo.Lake.Backfill;

/// <summary>
/// <c>POST /pipeline/backfill</c>: <c>{"topic":"payments.charges","from":0,"to":"2026-11-24T09:30:00Z","partition":2}</c>, all but the topic optional.
/// One call is one transaction of at most 100,000 records; what it leaves is sent again as <c>{"topic":...,"ranges":[...]}</c>.
/// </summary>
internal static class BackfillEndpoint
{
    public static void MapBackfill(this IEndpointRouteBuilder app) => app.MapPost("/pipeline/backfill", (HttpRequest request, BackfillService backfills) =>
            RequestBody.UseAsync(request, body => AnswerAsync(request.HttpContext, body, backfills)))
        .WithName("Backfill")
        .WithSummary("Validates records of a topic again: their rows in bronze and quarantine are replaced in one transaction.")
        .Produces<BackfillResult>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> AnswerAsync(HttpContext context, JsonElement body, BackfillService backfills)
    {
        var errors = new FieldErrors();
        var request = BackfillRequest.Read(body, backfills.Topics, errors);
        if (errors.Any)
        {
            return Refusals.Invalid(errors);
        }

        try
        {
            return Results.Ok(await backfills.RunAsync(request, context.RequestAborted));
        }
        catch (BackfillException refusal)
        {
            return Results.Problem(statusCode: StatusCodes.Status409Conflict, title: "The range was not validated again.", detail: refusal.Message);
        }
        catch (IcebergException unknown) when (unknown.Failure is IcebergFailure.CommitStateUnknown)
        {
            return Results.Problem(
                statusCode: StatusCodes.Status503ServiceUnavailable,
                title: "The catalog did not say whether the range was replaced.",
                detail: "Send the same again: a range that was replaced is replaced by the same rows.");
        }
    }
}
