using Recoup.Lakehouse.FlinkSql.Hosting;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Hosting;
using Recoup.Lakehouse.Iceberg.Rest;
using Recoup.Lakehouse.Query;
using Recoup.Silo.Lake.Backfill;
using Recoup.Silo.Lake.Quarantine;
using Recoup.Silo.Lake.Scripts;
using Recoup.Silo.Settings;

namespace Recoup.Silo.Lake;

/// <summary>The lake: its catalog and storage, the scripts that fill it, the endpoint through which others read it.</summary>
internal static class LakeHosting
{
    /// <summary>The scripts and table definitions, as the build puts them beside the program.</summary>
    public static readonly string ScriptFolder = Path.Combine(AppContext.BaseDirectory, "flink");

    /// <summary>Registered after the silo: by then every topic is there.</summary>
    public static void AddLake(this WebApplicationBuilder builder, RecoupSettings settings)
    {
        builder.Services.AddIcebergLake(settings.Lake, settings.S3, settings.DataFolder);
        builder.Services.AddHostedService<LakeTables>();
        if (settings.Validation.Engine == ValidationEngine.Embedded)
        {
            builder.Services.AddFlinkSqlValidation(validation => validation.Configure(options =>
            {
                options.Folder = ScriptFolder;
                options.Kafka["bootstrap.servers"] = settings.Kafka.TargetServers;
                foreach (var (name, value) in settings.Kafka.Client)
                {
                    options.Kafka[name] = value;
                }
            }));
        }

        builder.Services.AddSingleton<ScriptLibrary>();
        builder.Services.AddSingleton<BackfillService>();
        builder.Services.AddSingleton<Replayer>();
        builder.Services.AddHostedService<LakeMaintenance>();
        builder.Services.AddLakeQuery();
    }

    /// <summary>The catalog of this process for others on the machine; a REST catalog has an endpoint of its own.</summary>
    public static void MapLake(this WebApplication app, RecoupSettings settings)
    {
        app.MapQuery();
        app.MapReplays();
        app.MapBackfill();
        if (!settings.Lake.HasRestCatalog)
        {
            app.MapIcebergRest("/iceberg", app.Services.GetRequiredService<ICatalog>()).ExcludeFromDescription();
        }
    }
}
