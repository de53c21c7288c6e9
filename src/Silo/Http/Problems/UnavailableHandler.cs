using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Recoup.Storage.Sqlite;

namespace Recoup.Silo.Http.Problems;

/// <summary>
/// Answers 503 with <c>Retry-After</c> when storage or silo could not take a request. Whether it was done is then not known; repeated under its
/// idempotency key it is done once. Everything else that is thrown is a fault of ours: 500, without details.
/// </summary>
internal sealed class UnavailableHandler(IProblemDetailsService problems) : IExceptionHandler
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var (status, title) = exception switch
        {
            BadHttpRequestException bad => (bad.StatusCode, "The request could not be read."),
            SqliteStorageException or OrleansException or TimeoutException => (StatusCodes.Status503ServiceUnavailable, "Not ready; send it again under the same idempotency key."),
            _ => (StatusCodes.Status500InternalServerError, "Something went wrong here; it was logged."),
        };
        httpContext.Response.StatusCode = status;
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            httpContext.Response.Headers.RetryAfter = RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        }

        return await problems.TryWriteAsync(new() { HttpContext = httpContext, ProblemDetails = { Status = status, Title = title } });
    }
}
