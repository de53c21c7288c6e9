using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;
using Recoup.Embedded.Temporal.Engine;
using Recoup.Embedded.Temporal.Frontend;
using Recoup.Embedded.Temporal.Matching;
using Recoup.Embedded.Temporal.Runs;
using Recoup.Embedded.Temporal.Storage;
using Recoup.Embedded.Temporal.Visibility;

namespace Recoup.Embedded.Temporal.Hosting;

/// <summary>
/// A running development server for Temporal's SDKs, with a web host and services of its own: it can run inside another
/// application without touching that one's. Dispose of it to stop it; what was acknowledged is in its file.
/// </summary>
public sealed class EmbeddedTemporalServer : IAsyncDisposable
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    private readonly WebApplication application;
    private readonly RunEngine engine;
    private readonly Store store;
    private readonly string? temporaryFile;
    private readonly CancellationTokenSource stop = new();
    private readonly Task sweeper;

    private EmbeddedTemporalServer(WebApplication application, RunEngine engine, Store store, string? temporaryFile, TimeSpan retention)
    {
        this.application = application;
        this.engine = engine;
        this.store = store;
        this.temporaryFile = temporaryFile;
        var address = new Uri(application.Urls.First());
        Address = $"{address.Host}:{address.Port}";
        Port = address.Port;
        sweeper = SweepAsync(retention);
    }

    /// <summary>Where it listens, as <c>host:port</c>: the target host of a client.</summary>
    public string Address { get; }

    public int Port { get; }

    /// <summary>Starts a server; it answers calls when this returns.</summary>
    /// <param name="loggers">Where it logs to; it is silent without.</param>
    /// <exception cref="EmbeddedTemporalException">A setting cannot be used: the message names it.</exception>
    public static async Task<EmbeddedTemporalServer> StartAsync(EmbeddedTemporalOptions options, ILoggerFactory? loggers = null, CancellationToken cancellationToken = default)
    {
        var settings = OptionsCheck.Parse(options);
        var temporaryFile = options.DatabaseFile is null ? Path.Combine(Directory.CreateTempSubdirectory("embedded-temporal-").FullName, "temporal.db") : null;
        var store = OpenStore(options.DatabaseFile ?? temporaryFile!);
        RunEngine? engine = null;
        try
        {
            loggers ??= NullLoggerFactory.Instance;
            var limits = new Limits { SuggestContinueAsNewEvents = options.SuggestContinueAsNewEvents };
            var types = await RegisterAsync(store, settings, limits);
            var queues = new TaskQueues(TimeProvider.System);
            engine = new RunEngine(store, queues, types, limits, TimeProvider.System, loggers.CreateLogger<RunEngine>(), options.CachedExecutionsMax, options.TimerFloor);
            var namespaces = new Namespaces(new Settings(store).Namespaces());
            var application = Build(settings, engine, queues, types, namespaces, loggers);
            engine.Recover();
            await StartAsync(application, options, cancellationToken);
            return new EmbeddedTemporalServer(application, engine, store, temporaryFile, options.Retention);
        }
        catch
        {
            if (engine is not null)
            {
                await engine.DisposeAsync();
            }

            await store.DisposeAsync();
            DeleteTemporary(temporaryFile);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await sweeper;
        await application.StopAsync();
        await application.DisposeAsync();
        await engine.DisposeAsync();
        await store.DisposeAsync();
        DeleteTemporary(temporaryFile);
        stop.Dispose();
    }

    private static Store OpenStore(string path)
    {
        try
        {
            return Store.Open(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException or Microsoft.Data.Sqlite.SqliteException)
        {
            throw new EmbeddedTemporalException($"DatabaseFile (--db-filename) '{path}' cannot be used: {failure.Message}", failure);
        }
    }

    private static async Task<SearchAttributeTypes> RegisterAsync(Store store, ServerSettings wanted, Limits limits)
    {
        var settings = new Settings(store);
        foreach (var name in wanted.Namespaces)
        {
            await settings.AddNamespaceAsync(name);
        }

        await settings.RegisterAsync(wanted.SearchAttributes);
        var types = new SearchAttributeTypes(limits);
        foreach (var (name, type) in settings.SearchAttributes())
        {
            types.Register(name, type);
        }

        return types;
    }

    private static WebApplication Build(ServerSettings settings, RunEngine engine, TaskQueues queues, SearchAttributeTypes types, Namespaces namespaces, ILoggerFactory loggers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(EmbeddedTemporalServer).Assembly.GetName().Name });
        // What a call does before it waits is short, so it runs where its bytes arrived instead of on another thread.
        builder.WebHost.UseKestrelCore().UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true).ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(settings.Address, settings.Port, listen => listen.Protocols = HttpProtocols.Http2);

            // A worker keeps a hundred polls open on one connection, and a bulk of clients more.
            kestrel.Limits.Http2.MaxStreamsPerConnection = 10_000;
            kestrel.Limits.MaxRequestBodySize = null;
        });
        builder.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(new QuietLoggerFactory(loggers)));
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = 4 << 20;

            // On one machine compressing costs more than it saves; the SDKs go on without when they hear that it is not offered.
            grpc.CompressionProviders.Clear();
        });
        var checks = new RequestChecks(namespaces, types, engine.Limits);
        IFrontendCalls[] calls =
        [
            new WorkflowCalls(engine, checks, types),
            new WorkerCalls(engine, queues, checks, namespaces),
            new ReadCalls(engine, checks),
            new VisibilityCalls(new VisibilityStore(engine.Store, types), namespaces),
            new SystemCalls(namespaces, settings.Retention),
            new TaskQueueCalls(queues, checks, namespaces),
            new SearchAttributeCalls(types, new Settings(engine.Store)),
            new HealthCalls(),
        ];
        var methods = new FrontendMethods(calls, loggers.CreateLogger<FrontendMethods>());
        builder.Services.AddSingleton<Grpc.AspNetCore.Server.Model.IServiceMethodProvider<TemporalFrontend>>(methods);
        builder.Services.AddSingleton<TemporalFrontend>();
        var application = builder.Build();
        application.UseRouting();
        application.MapGrpcService<TemporalFrontend>();
        return application;
    }

    private static async Task StartAsync(WebApplication application, EmbeddedTemporalOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or System.Net.Sockets.SocketException)
        {
            throw new EmbeddedTemporalException($"Port (--port) {options.Port} on Address (--ip) {options.Address} cannot be used: {failure.Message}", failure);
        }
    }

    private async Task SweepAsync(TimeSpan retention)
    {
        using var timer = new PeriodicTimer(SweepEvery);
        try
        {
            do
            {
                await Retention.SweepAsync(store, DateTime.UtcNow - retention, stop.Token);
            }
            while (await timer.WaitForNextTickAsync(stop.Token));
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private static void DeleteTemporary(string? file)
    {
        if (file is not null)
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }
}

/// <summary>A setting cannot be used; the message says which and why.</summary>
public sealed class EmbeddedTemporalException(string message, Exception? inner = null) : Exception(message, inner);
