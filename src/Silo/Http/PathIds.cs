using Recoup.Intake;

namespace Recoup.Silo.Http;

/// <summary>Checks an id that came in the path, by the same rules as one in a body.</summary>
internal static class PathIds
{
    public static void Check(string field, string id, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(id) || id.Length > InputFields.TextLengthMax || id.Any(char.IsControl))
        {
            errors.Add(field, $"must have 1 to {InputFields.TextLengthMax} characters, and no control characters");
        }
        else if (CardNumbers.Contains(id))
        {
            errors.Add(field, "looks like a card number; send the token of your provider instead");
        }
    }
}
