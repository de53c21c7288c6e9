using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace Recoup.Silo.Settings;

/// <summary>Section <c>Http</c>.</summary>
public sealed class HttpOptions : IValidatableObject
{
    public const string Section = "Http";

    /// <summary>A key shorter than this could be found by trying.</summary>
    public const int ApiKeyLengthMin = 16;

    /// <summary>The IP address to listen on, or <c>localhost</c>. Beyond loopback an API key is required. Default 127.0.0.1.</summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    [Range(1, 65_535)]
    public int Port { get; set; } = 8080;

    /// <summary>Keys of the API's callers, separated by commas; each at least 16 characters. Empty: none is asked for.</summary>
    public string ApiKeys { get; set; } = "";

    public IReadOnlyList<string> ApiKeyList => ApiKeys.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <exception cref="FormatException">It is no IP address. A validated section never throws.</exception>
    public IPAddress IPAddress => Address == "localhost" ? IPAddress.Loopback : IPAddress.Parse(Address);

    public bool IsLoopback => IPAddress.IsLoopback(IPAddress);

    /// <summary>Where this process itself reaches its API.</summary>
    public Uri BaseAddress => new UriBuilder("http", IPAddress.Equals(IPAddress.Any) || IPAddress.Equals(IPAddress.IPv6Any) ? "127.0.0.1" : IPAddress.ToString(), Port).Uri;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Address != "localhost" && !IPAddress.TryParse(Address, out _))
        {
            yield return new($"Http__Address '{Address}' is no IP address: use 127.0.0.1, or 0.0.0.0 for every interface.", [nameof(Address)]);
        }
        else if (!IsLoopback && ApiKeyList.Count == 0)
        {
            yield return new($"Http__Address '{Address}' is beyond loopback, so Http__ApiKeys must hold at least one key.", [nameof(ApiKeys)]);
        }

        if (ApiKeyList.Any(static key => key.Length < ApiKeyLengthMin))
        {
            yield return new($"Each of Http__ApiKeys must have at least {ApiKeyLengthMin} characters.", [nameof(ApiKeys)]);
        }
    }
}

[OptionsValidator]
internal sealed partial class HttpOptionsValidator : IValidateOptions<HttpOptions>;
