using System.Buffers;
using System.Text.Json;
using Recoup.Intake;
using Recoup.Silo.Http.Problems;

namespace Recoup.Silo.Http;

/// <summary>Reads the JSON object that came with a request.</summary>
internal static class RequestBody
{
    public const int BytesMax = 64 * 1024;

    /// <summary>Hands the body to <paramref name="use"/>; 413 or 400 when it is too large or no JSON object.</summary>
    /// <param name="request">The request.</param>
    /// <param name="use">Gets the object, which is gone when its task ends.</param>
    /// <param name="mayBeEmpty">Whether a request without a body means the empty object.</param>
    public static async Task<IResult> UseAsync(HttpRequest request, Func<JsonElement, Task<IResult>> use, bool mayBeEmpty = false)
    {
        if (request.ContentLength > BytesMax)
        {
            return Refusals.TooLarge(BytesMax);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(BytesMax + 1);
        try
        {
            var length = await request.Body.ReadAtLeastAsync(buffer.AsMemory(0, BytesMax + 1), BytesMax + 1, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
            if (length > BytesMax)
            {
                return Refusals.TooLarge(BytesMax);
            }

            using var document = length == 0 && mayBeEmpty ? JsonDocument.Parse("{}") : InputDocument.Parse(buffer.AsMemory(0, length));
            return await use(document.RootElement);
        }
        catch (JsonException exception)
        {
            return Refusals.NotJson(exception);
        }
        finally
        {
            // A body may hold what must not stay in memory, such as a card number that was refused.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>The one value of a header; null when there is none, or several.</summary>
    public static string? Header(HttpRequest request, string name) => request.Headers[name] is [var only] ? only : null;
}
