using System.Text.Json;
using Confluent.Kafka;
using Recoup.Intake;
using Recoup.Silo.Http;
using Recoup.Silo.Http.Problems;

namespace Recoup.Silo.Lake.Quarantine;

/// <summary>
/// <c>POST /quarantine/replays</c>: <c>{"originals":["payments.charges/2/17"],"set":{"currency":"USD"},"dry_run":true}</c> publishes corrected records again.
/// The same call again publishes nothing twice.
/// </summary>
internal static class ReplayEndpoint
{
    public static void MapReplays(this IEndpointRouteBuilder app) => app.MapPost("/quarantine/replays", (HttpRequest request, Replayer replayer) =>
            RequestBody.UseAsync(request, body => AnswerAsync(request.HttpContext, body, replayer)))
        .WithName("ReplayQuarantined")
        .WithSummary("Publishes corrected records of the quarantine again; dry_run says what would happen.")
        .Produces<ReplayAnswer>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> AnswerAsync(HttpContext context, JsonElement body, Replayer replayer)
    {
        var errors = new FieldErrors();
        var request = ReplayRequest.Read(body, errors);
        if (errors.Any)
        {
            return Refusals.Invalid(errors);
        }

        try
        {
            var outcomes = new Dictionary<string, ReplayOutcome>(StringComparer.Ordinal);
            foreach (var topic in request.Originals.GroupBy(original => original.Topic))
            {
                foreach (var outcome in await replayer.ReplayAsync(ValidatedTopic.Find(topic.Key)!, [.. topic], request.Correction, request.DryRun, context.RequestAborted))
                {
                    outcomes[outcome.Original] = outcome;
                }
            }

            return Results.Ok(new ReplayAnswer([.. request.Originals.Select(original => outcomes[original.ToString()])]));
        }
        catch (Exception failure) when (failure is KafkaException or ReplayConflictException)
        {
            return Results.Problem(
                statusCode: StatusCodes.Status503ServiceUnavailable,
                title: "The event log or the journal of replays did not answer.",
                detail: $"{failure.Message} Send the same again: what was published is not published twice.");
        }
    }
}

internal sealed record ReplayAnswer(IReadOnlyList<ReplayOutcome> Replays);
