namespace Recoup.Silo.Http.Security;

/// <summary>
/// Refuses what another site's page makes a browser send: on loopback no key is asked for, and a page that a person happens to have open must not be
/// able to cancel payments. Programs do not send <c>Sec-Fetch-Site</c>.
/// </summary>
internal sealed class BrowserGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var isSafe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        if (isSafe || RequestBody.Header(request, "Sec-Fetch-Site") is null or "same-origin" or "none")
        {
            return next(context);
        }

        return Results.Problem(
            statusCode: StatusCodes.Status403Forbidden,
            title: "A page of another site must not call this API.").ExecuteAsync(context);
    }
}
