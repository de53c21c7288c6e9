using System.Text.Json;
using Recoup.Customers;
using Recoup.Intake;
using Recoup.Silo.Http.Problems;

namespace Recoup.Silo.Http;

/// <summary><c>GET</c> and <c>PUT /customers/{id}</c>: history and value, time zone and cards.</summary>
internal static class CustomerEndpoints
{
    public static void MapCustomers(this IEndpointRouteBuilder app)
    {
        app.MapGet("/customers/{id}", GetAsync)
            .WithName("GetCustomer")
            .WithSummary("What is known of a customer; one that nobody has heard of has no history.")
            .Produces<CustomerView>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        app.MapPut("/customers/{id}", PutAsync)
            .WithName("PutCustomer")
            .WithSummary("Sets the time zone (IANA) and the cards in order of use; what is left out stays as it is.")
            .AcceptsJson<CustomerProfile>()
            .Produces<CustomerView>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> GetAsync(string id, IGrainFactory grains)
    {
        var errors = new FieldErrors();
        PathIds.Check("customer_id", id, errors);
        return errors.Any ? Refusals.Invalid(errors) : Results.Ok(await grains.GetGrain<ICustomerGrain>(id).GetAsync());
    }

    private static Task<IResult> PutAsync(string id, HttpRequest request, IGrainFactory grains)
    {
        return RequestBody.UseAsync(request, UseAsync);

        async Task<IResult> UseAsync(JsonElement body)
        {
            var errors = new FieldErrors();
            PathIds.Check("customer_id", id, errors);
            var profile = CustomerIntake.Read(body, errors);
            return errors.Any ? Refusals.Invalid(errors) : Results.Ok(await grains.GetGrain<ICustomerGrain>(id).PutAsync(profile));
        }
    }
}
