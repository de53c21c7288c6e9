namespace Recoup.Embedded.Temporal.Frontend;

/// <summary>The standard gRPC health check, as far as tools call it: whoever can ask is served.</summary>
internal sealed class HealthCalls : IFrontendCalls
{
    public const string Service = "grpc.health.v1.Health";

    /// <summary>HealthCheckResponse { status = SERVING }: field 1, value 1.</summary>
    private static readonly byte[] Serving = [0x08, 0x01];

    public void Bind(FrontendMethods methods) => methods.BindBytes(Service, "Check", _ => Serving);
}
