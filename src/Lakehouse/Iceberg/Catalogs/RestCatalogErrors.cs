using System.Net;
using System.Text.Json;

namespace Recoup.Lakehouse.Iceberg.Catalogs;

/// <summary>Reads answers of a REST catalog; an error body names the refusal by its type.</summary>
internal static class RestCatalogErrors
{
    public static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        if (answer.IsSuccessStatusCode)
        {
            return text.Length is 0 ? default : JsonElement.Parse(text);
        }

        var (type, message) = Error(text);
        throw new IcebergException(FailureOf(answer.StatusCode, type), $"The catalog answered {(int)answer.StatusCode} {type}: {message}");
    }

    private static (string Type, string Message) Error(string text)
    {
        try
        {
            var error = JsonElement.Parse(text).GetProperty("error");
            return (error.GetProperty("type").GetString() ?? "", error.GetProperty("message").GetString() ?? "");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return ("", "an answer without an error body"); // A proxy in between may say anything.
        }
    }

    private static IcebergFailure FailureOf(HttpStatusCode status, string type) => (status, type) switch
    {
        (HttpStatusCode.NotFound, "NoSuchNamespaceException") => IcebergFailure.NoSuchNamespace,
        (HttpStatusCode.NotFound, _) => IcebergFailure.NoSuchTable,
        (HttpStatusCode.Conflict, "CommitFailedException") => IcebergFailure.CommitConflict,
        (HttpStatusCode.Conflict, "NamespaceNotEmptyException") => IcebergFailure.NamespaceNotEmpty,
        (HttpStatusCode.Conflict, _) => IcebergFailure.AlreadyExists,
        (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, _) => IcebergFailure.NotAuthorised,
        (HttpStatusCode.NotAcceptable, _) => IcebergFailure.Unsupported,
        ( >= HttpStatusCode.InternalServerError, _) => IcebergFailure.Unavailable,
        _ => IcebergFailure.Invalid,
    };
}
