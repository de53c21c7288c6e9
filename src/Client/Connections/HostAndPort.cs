using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Recoup.Client.Connections;

/// <summary>Where a server listens, as <c>host:port</c> or <c>[::1]:port</c>.</summary>
internal sealed record HostAndPort(string Host, int Port)
{
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    public static bool TryParse(string text, [NotNullWhen(true)] out HostAndPort? address)
    {
        address = null;
        var colon = text.LastIndexOf(':');
        if (colon < 1 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
        {
            return false;
        }

        var host = text[..colon].Trim('[', ']');
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            return false;
        }

        address = new HostAndPort(host, port);
        return true;
    }

    public async Task<IPEndPoint> ResolveAsync(CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(Host, cancellationToken);
        return new IPEndPoint(addresses[0], Port);
    }

    /// <summary>An option that takes such an address.</summary>
    public static Option<HostAndPort> Option(string name, string description, string otherwise) => new(name)
    {
        Description = description,
        HelpName = "host:port",
        DefaultValueFactory = result => Parse(otherwise, result)!,
        CustomParser = result => Parse(result.Tokens[^1].Value, result),
    };

    private static HostAndPort? Parse(string text, ArgumentResult result)
    {
        if (TryParse(text, out var address))
        {
            return address;
        }

        result.AddError($"'{text}' is not an address: write host:port, such as 127.0.0.1:30000.");
        return null;
    }
}
