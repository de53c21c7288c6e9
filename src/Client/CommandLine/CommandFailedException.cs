namespace Recoup.Client.CommandLine;

/// <summary>A command cannot do what it was asked to. The message says what is wrong, the remedy what to do; both go to standard error.</summary>
internal sealed class CommandFailedException(string message, string? remedy = null, Exception? innerException = null)
    : Exception(message, innerException)
{
    public string? Remedy { get; } = remedy;
}
