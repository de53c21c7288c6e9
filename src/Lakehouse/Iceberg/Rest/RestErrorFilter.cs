using Microsoft.AspNetCore.Http;

namespace Recoup.Lakehouse.Iceberg.Rest;

/// <summary>Turns refusals into the statuses and error bodies of the specification.</summary>
internal sealed class RestErrorFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (IcebergException refusal)
        {
            var (status, type) = Of(refusal.Failure);
            return HttpMethods.IsHead(context.HttpContext.Request.Method) ? Results.StatusCode(status) : RestJson.Error(status, type, refusal.Message);
        }
    }

    private static (int Status, string Type) Of(IcebergFailure failure) => failure switch
    {
        IcebergFailure.NoSuchTable => (404, "NoSuchTableException"),
        IcebergFailure.NoSuchView => (404, "NoSuchViewException"),
        IcebergFailure.NoSuchNamespace => (404, "NoSuchNamespaceException"),
        IcebergFailure.AlreadyExists => (409, "AlreadyExistsException"),
        IcebergFailure.NamespaceNotEmpty => (409, "NamespaceNotEmptyException"),
        IcebergFailure.CommitConflict => (409, "CommitFailedException"),
        IcebergFailure.CommitStateUnknown => (500, "CommitStateUnknownException"),
        IcebergFailure.NotAuthorised => (403, "ForbiddenException"),
        IcebergFailure.Unavailable => (503, "ServiceUnavailableException"),
        _ => (400, "BadRequestException"),
    };
}
