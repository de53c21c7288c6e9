using Orleans.Storage;
using Recoup.Silo.Events;
using Recoup.Silo.Http;
using Recoup.Silo.Lake;
using Recoup.Silo.Pipeline;
using Recoup.Silo.Settings;
using Recoup.Silo.Telemetry;
using Recoup.Storage.Sqlite;

namespace Recoup.Silo.Hosting;

/// <summary>
/// The whole platform in one process: grains, workflows, HTTP. The program runs one until it is told to stop; the console's <c>demo</c> runs one in its
/// own process.
/// </summary>
public sealed class RecoupHost : IAsyncDisposable
{
    /// <summary>
    /// Settings are read once, so no file of them is watched: the watcher takes every file below the working folder, and the tables' folders are there, whose
    /// files come and go many times a second.
    /// </summary>
    private const string WatchesNoSettings = "--hostBuilder:reloadConfigOnChange=false";

    private readonly WebApplication app;
    private readonly DataFolderLock folder;

    private RecoupHost(WebApplication app, DataFolderLock folder, RecoupSettings settings)
    {
        this.app = app;
        this.folder = folder;
        Settings = settings;
    }

    public RecoupSettings Settings { get; }

    public IServiceProvider Services => app.Services;

    public IGrainFactory Grains => app.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Where the API listens, such as <c>http://127.0.0.1:8080</c>.</summary>
    public Uri HttpAddress => Settings.Http.BaseAddress;

    /// <summary>Reads the settings, takes the data folder and puts everything together; nothing listens yet.</summary>
    /// <param name="args">Command line settings: <c>--Http:Port 8081</c>.</param>
    /// <param name="configure">Adds settings that outrank all others.</param>
    /// <param name="customise">Changes what is put together, such as the log's level.</param>
    /// <exception cref="StartRefusedException">A setting is wrong or a port is taken.</exception>
    /// <exception cref="SqliteStorageException">The data folder is held by another process, or cannot be written.</exception>
    public static RecoupHost Build(string[] args, Action<IConfigurationBuilder>? configure = null, Action<WebApplicationBuilder>? customise = null)
    {
        var builder = WebApplication.CreateBuilder([WatchesNoSettings, .. args]);
        configure?.Invoke(builder.Configuration);
        var settings = RecoupSettings.Read(builder.Configuration);
        PortCheck.RefuseTaken(settings);

        var folder = DataFolderLock.Acquire(settings.DataFolder, "Recoup__DataDirectory");
        try
        {
            builder.AddLogDefaults(settings);
            settings.Register(builder.Services, builder.Configuration);
            builder.AddWorkflowServer(settings);
            builder.AddEventLogServer(settings);
            var clock = builder.AddClocks(settings);
            builder.AddActors(settings);
            builder.AddRooms(settings);
            builder.AddLake(settings);
            builder.AddTelemetry();
            builder.AddHttpApi(settings);
            builder.AddPipeline(settings, clock);
            customise?.Invoke(builder);

            var app = builder.Build();
            app.UseHttpApi(settings);
            return new(app, folder, settings);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Completes when payments are taken.</summary>
    /// <exception cref="SqliteStorageException">The file of the grains is damaged, or cannot be written.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before Orleans, which would wrap what is wrong with a file in a page of its own.
        var storage = app.Services.GetRequiredKeyedService<IGrainStorage>(ActorHosting.StorageName);
        await ((SqliteGrainStorage)storage).OpenAsync();
        await app.StartAsync(cancellationToken);
    }

    /// <summary>Completes when Ctrl-C, SIGTERM or <see cref="StopAsync"/> has ended it.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => app.WaitForShutdownAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => app.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        // The lock is let go last: until then the files are still being closed.
        await app.DisposeAsync();
        folder.Dispose();
    }
}
