namespace Recoup.Silo.Http.Webhooks;

/// <summary>How one provider signs what it sends.</summary>
internal interface IWebhookSignature
{
    /// <summary>Settings, as environment variables, without which nothing can be checked.</summary>
    IReadOnlyList<string> MissingSettings { get; }

    /// <summary>Null when the signature is right.</summary>
    SignatureFault? Check(IHeaderDictionary headers, ReadOnlyMemory<byte> body);
}

/// <param name="Type">Last part of the problem's type.</param>
/// <param name="Title">What is wrong.</param>
/// <param name="Detail">What would be right.</param>
internal sealed record SignatureFault(string Type, string Title, string Detail)
{
    public static SignatureFault Missing(string detail) => new("signature-missing", "The webhook is not signed.", detail);

    public static SignatureFault Wrong(string detail) => new("signature-wrong", "The webhook's signature is wrong.", detail);

    public static SignatureFault Stale(string detail) => new("timestamp-stale", "The webhook's timestamp is too old or in the future.", detail);
}
