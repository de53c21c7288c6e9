namespace Recoup.Silo.Http;

internal static class JsonBodies
{
    /// <summary>Describes the body for the OpenAPI document. Every content type is let in: a body that is no JSON is refused for that, not for its label.</summary>
    public static RouteHandlerBuilder AcceptsJson<TBody>(this RouteHandlerBuilder endpoint, bool isOptional = false)
        where TBody : notnull => endpoint.Accepts<TBody>(isOptional, "application/json", "*/*");
}
