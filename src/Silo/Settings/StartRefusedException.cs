namespace Recoup.Silo.Settings;

/// <summary>The silo does not start, and the message (one line) says which setting to change.</summary>
public sealed class StartRefusedException : Exception
{
    public StartRefusedException(string message)
        : base(message)
    {
    }

    public StartRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public StartRefusedException()
    {
    }
}
