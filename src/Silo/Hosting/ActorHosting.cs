using Orleans.Configuration;
using Orleans.Dashboard;
using Recoup.Attention;
using Recoup.Clock;
using Recoup.Silo.Attention;
using Recoup.Silo.Events;
using Recoup.Silo.Settings;
using Recoup.Storage.Sqlite;
using Recoup.Storage.Sqlite.Reminders;

namespace Recoup.Silo.Hosting;

/// <summary>One Orleans silo on loopback, with its state, reminders and clock in the data folder.</summary>
internal static class ActorHosting
{
    public const string StorageName = "recoup";

    /// <summary>Name of the service and of its one-silo cluster; clients give the same.</summary>
    public const string ClusterId = "recoup";

    /// <summary>Longer than the longest call that waits on purpose (<c>Prefer: wait</c>, 20 s), shorter than a person's patience.</summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(25);

    /// <summary>Both clocks: the wall's, and the business clock with its anchors in the data folder.</summary>
    public static IBusinessClock AddClocks(this WebApplicationBuilder builder, RecoupSettings settings)
    {
        var clock = BusinessClock.Open(settings.DataFolder, settings.Clock, TimeProvider.System);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IBusinessClock>(clock);
        return clock;
    }

    public static void AddActors(this WebApplicationBuilder builder, RecoupSettings settings)
    {
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(settings.Silo.SiloPort, settings.Silo.GatewayPort, serviceId: ClusterId, clusterId: ClusterId);
            silo.AddSqliteGrainStorage(StorageName, options => options.Configure(storage => Configure(storage, settings)));
            silo.AddSqliteReminders(Path.Combine(settings.DataFolder, "reminders.db"));
            // A payment is called for seconds, then left alone for hours: what is idle leaves memory soon.
            silo.Configure<GrainCollectionOptions>(static options => options.CollectionAge = TimeSpan.FromMinutes(5));
            silo.Configure<SiloMessagingOptions>(static options => options.ResponseTimeout = ResponseTimeout);
            silo.AddEventStreams(settings);
            silo.AddActivityPropagation();
            silo.AddDashboard();
        });

        // After the silo, so that it is stopped before it.
        builder.Services.AddHostedService<AttentionSweep>();
    }

    private static void Configure(SqliteGrainStorageOptions storage, RecoupSettings settings)
    {
        storage.Path = Path.Combine(settings.DataFolder, "grains.db");
        storage.Durability = settings.Storage.Durability;
        storage.GrainStorageSerializer = new JsonTextSerializer(RecoupJson.Options);
        storage.AttentionOf = static state => (state as IHasAttention)?.AttentionAt;
    }
}
