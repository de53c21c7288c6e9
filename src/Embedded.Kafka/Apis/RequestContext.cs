using System.Net;
using Recoup.Embedded.Kafka.Protocol;

namespace Recoup.Embedded.Kafka.Apis;

/// <summary>One request as it reached the broker. The frame is the connection's buffer and may be changed until the first wait.</summary>
/// <param name="BodyAt">Where the body begins in the frame.</param>
/// <param name="Local">The address by which the client reached the broker: what it is told to connect to.</param>
/// <param name="Gone">Cancelled when the client is gone or the broker stops.</param>
internal readonly record struct RequestContext(RequestHeader Header, Memory<byte> Frame, int BodyAt, IPEndPoint Local, IPEndPoint Remote, CancellationToken Gone)
{
    public short Version => Header.Version;

    public WireReader Body => new(Frame.Span[BodyAt..]);

    public WireWriter Answer(int sizeHint = 256) => new(Header.CorrelationId, sizeHint);
}
