using System.Collections.Frozen;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Microsoft.Data.Sqlite;
using Recoup.Embedded.Temporal.Engine;

namespace Recoup.Embedded.Temporal.Frontend;

/// <summary>The marker by which ASP.NET finds the methods; it has no members, the methods are bound one by one.</summary>
internal sealed class TemporalFrontend;

/// <summary>
/// Binds every method of Temporal's services by their descriptors: those that the server offers to their handlers, the
/// others to an answer that names them.
/// </summary>
internal sealed partial class FrontendMethods : IServiceMethodProvider<TemporalFrontend>
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    private readonly Dictionary<string, Action<ServiceMethodProviderContext<TemporalFrontend>>> offered = new(StringComparer.Ordinal);
    private readonly ILogger<FrontendMethods> logger;

    public FrontendMethods(IEnumerable<IFrontendCalls> calls, ILogger<FrontendMethods> logger)
    {
        this.logger = logger;
        foreach (var group in calls)
        {
            group.Bind(this);
        }
    }

    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<TemporalFrontend> context)
    {
        Google.Protobuf.Reflection.ServiceDescriptor[] services = [Temporalio.Api.WorkflowService.V1.ServiceReflection.Descriptor.Services[0], Temporalio.Api.OperatorService.V1.ServiceReflection.Descriptor.Services[0]];
        var known = services.SelectMany(service => service.Methods).ToFrozenDictionary(method => FullName(method.Service.FullName, method.Name));
        foreach (var (name, bind) in offered)
        {
            if (!known.ContainsKey(name) && !name.StartsWith(HealthCalls.Service, StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"{name} is bound, but no service has it.");
            }

            bind(context);
        }

        foreach (var (name, method) in known.Where(each => !offered.ContainsKey(each.Key)))
        {
            var refused = new Method<byte[], byte[]>(MethodType.Unary, method.Service.FullName, method.Name, Bytes, Bytes);
            context.AddUnaryMethod(refused, [], (_, _, _) => throw Refusals.Unimplemented($"the method {method.Name}"));
        }
    }

    /// <summary>Binds a method of the workflow service.</summary>
    public void Bind<TRequest, TResponse>(string method, Func<TRequest, ServerCallContext, Task<TResponse>> handle)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        Bind(Temporalio.Api.WorkflowService.V1.ServiceReflection.Descriptor.Services[0].FullName, method, handle);

    public void Bind<TRequest, TResponse>(string service, string method, Func<TRequest, ServerCallContext, Task<TResponse>> handle)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        var bound = new Method<TRequest, TResponse>(MethodType.Unary, service, method, MarshallerOf<TRequest>(), MarshallerOf<TResponse>());
        offered.Add(FullName(service, method), context => context.AddUnaryMethod(bound, [], (_, request, call) => GuardAsync(method, handle, request, call)));
    }

    public void BindBytes(string service, string method, Func<byte[], byte[]> handle)
    {
        var bound = new Method<byte[], byte[]>(MethodType.Unary, service, method, Bytes, Bytes);
        offered.Add(FullName(service, method), context => context.AddUnaryMethod(bound, [], (_, request, _) => Task.FromResult(handle(request))));
    }

    private static string FullName(string service, string method) => $"{service}/{method}";

    private async Task<TResponse> GuardAsync<TRequest, TResponse>(string method, Func<TRequest, ServerCallContext, Task<TResponse>> handle, TRequest request, ServerCallContext call)
    {
        try
        {
            return await handle(request, call);
        }
        catch (SqliteException failure)
        {
            LogNotSaved(failure, method);
            throw new RpcException(new Status(StatusCode.Unavailable, $"{method}: the store refused: {failure.Message}"));
        }
        catch (ObjectDisposedException)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "the server is stopping"));
        }
    }

    private static Marshaller<T> MarshallerOf<T>()
        where T : class, IMessage<T>, new()
    {
        var parser = new MessageParser<T>(() => new T());
        return Marshallers.Create<T>(
            (message, context) =>
            {
                context.SetPayloadLength(message.CalculateSize());
                message.WriteTo(context.GetBufferWriter());
                context.Complete();
            },
            context => parser.ParseFrom(context.PayloadAsReadOnlySequence()));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} failed in the store")]
    private partial void LogNotSaved(Exception failure, string method);
}

/// <summary>A group of methods that the server offers.</summary>
internal interface IFrontendCalls
{
    void Bind(FrontendMethods methods);
}
