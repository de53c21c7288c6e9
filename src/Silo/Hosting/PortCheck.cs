using System.Net;
using System.Net.Sockets;
using Recoup.Silo.Settings;

namespace Recoup.Silo.Hosting;

/// <summary>Finds taken ports before anything starts: on Linux a second silo shares the first one's ports without an error.</summary>
public static class PortCheck
{
    /// <exception cref="StartRefusedException">A port is taken; the message names the setting.</exception>
    public static void RefuseTaken(RecoupSettings settings)
    {
        Refuse(settings.Http.IPAddress, settings.Http.Port, "Http__Port");
        Refuse(IPAddress.Loopback, settings.Silo.SiloPort, "Orleans__SiloPort");
        Refuse(IPAddress.Loopback, settings.Silo.GatewayPort, "Orleans__GatewayPort");
        if (settings.Temporal.IsEmbedded)
        {
            Refuse(IPAddress.Loopback, settings.Temporal.Port, "Temporal__Port");
        }

        if (settings.Kafka.IsEmbedded)
        {
            Refuse(IPAddress.Loopback, settings.Kafka.Port, "Kafka__Port");
        }
    }

    public static bool IsFree(IPAddress address, int port) => WhyNot(address, port) is null;

    /// <summary>A port on loopback that nobody listens on.</summary>
    public static int FindFree()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Refuse(IPAddress address, int port, string setting)
    {
        if (WhyNot(address, port) is { } error)
        {
            throw new StartRefusedException(error switch
            {
                SocketError.AddressAlreadyInUse => $"Port {port} on {address} is taken by another program: stop it, or set {setting} to another port.",
                SocketError.AccessDenied => $"Port {port} on {address} needs rights that this process does not have: set {setting} to another port.",
                _ => $"Nothing can listen on port {port} of {address} ({error}): set {setting}, or Http__Address, to one of this machine's.",
            });
        }
    }

    private static SocketError? WhyNot(IPAddress address, int port)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // .NET lets a listener take a port over from connections that are closing (SO_REUSEADDR), and never from one that listens.
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(1);
            return null;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode;
        }
    }
}
