using Recoup.Cards;
using Recoup.Intake;
using Recoup.Silo.Http.Problems;

namespace Recoup.Silo.Http;

/// <summary><c>POST /cards/{id}/updated</c>: the card has new data at the provider, and payments that wait for it go on.</summary>
internal static class CardEndpoints
{
    public static void MapCards(this IEndpointRouteBuilder app) => app.MapPost("/cards/{id}/updated", UpdatedAsync)
        .WithName("CardUpdated")
        .WithSummary("Tells that a card has new data; recoveries that wait for it go on.")
        .Produces<CardView>()
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> UpdatedAsync(string id, IGrainFactory grains)
    {
        var errors = new FieldErrors();
        PathIds.Check("card_id", id, errors);
        if (errors.Any)
        {
            return Refusals.Invalid(errors);
        }

        var card = grains.GetGrain<ICardGrain>(id);
        await card.UpdatedAsync();
        return Results.Ok(await card.GetAsync());
    }
}
