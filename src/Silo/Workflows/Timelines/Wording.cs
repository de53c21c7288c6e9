using System.Text.Json;

namespace Recoup.Silo.Workflows.Timelines;

/// <summary>Names of the code and of the protocol as words.</summary>
public static class Wording
{
    /// <summary>An enumeration as JSON writes it, with blanks: <c>same card</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()).Replace('_', ' ');
}
