using Amazon.S3;
using Recoup.Lakehouse.FlinkSql.Hosting;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Rest;
using Recoup.Lakehouse.Iceberg.Storage;
using Recoup.Lakehouse.Query;
using Recoup.Silo.Settings;

namespace Recoup.Silo.Lake;

/// <summary>The lake: its catalog and storage, the scripts that fill it, the endpoint through which others read it.</summary>
internal static class LakeHosting
{
    /// <summary>Local copies of what lies in S3 may take this much.</summary>
    private const long CopiesBytesMax = 10L << 30;

    /// <summary>The scripts and table definitions, as the build puts them beside the program.</summary>
    public static readonly string ScriptFolder = Path.Combine(AppContext.BaseDirectory, "flink");

    /// <summary>Registered after the silo: by then every topic is there.</summary>
    public static void AddLake(this WebApplicationBuilder builder, RecoupSettings settings)
    {
        builder.Services.AddSingleton<ITableStorage>(provider => StorageOf(settings, provider.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<ICatalog>(provider => CatalogOf(settings, provider.GetRequiredService<ITableStorage>(), provider.GetRequiredService<TimeProvider>()));
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

        builder.Services.AddHostedService<LakeMaintenance>();
        builder.Services.AddLakeQuery();
    }

    /// <summary>The catalog of this process for others on the machine; a REST catalog has an endpoint of its own.</summary>
    public static void MapLake(this WebApplication app, RecoupSettings settings)
    {
        app.MapQuery();
        if (!settings.Lake.HasRestCatalog)
        {
            app.MapIcebergRest("/iceberg", app.Services.GetRequiredService<ICatalog>()).ExcludeFromDescription();
        }
    }

    private static ITableStorage StorageOf(RecoupSettings settings, TimeProvider time)
    {
        if (!settings.Lake.IsOnS3)
        {
            return new LocalStorage(settings.WarehouseFolder);
        }

        var client = new AmazonS3Client(new AmazonS3Config
        {
            ServiceURL = settings.S3.Endpoint.Length == 0 ? null : settings.S3.Endpoint,
            ForcePathStyle = settings.S3.Endpoint.Length > 0,
        });
        return new S3Storage(client, settings.Lake.Warehouse, new LocalCopies(Path.Combine(settings.DataFolder, "lake-copies"), CopiesBytesMax, time));
    }

    private static ICatalog CatalogOf(RecoupSettings settings, ITableStorage storage, TimeProvider time) => settings.Lake.HasRestCatalog
        ? new RestCatalog(
            new RestCatalogConnection(
                new HttpClient(), new RestCatalogAddress(new Uri(settings.Lake.Catalog), settings.Lake.CatalogWarehouse, settings.Lake.CatalogCredential), time),
            storage)
        : new SqliteCatalog(Path.Combine(settings.DataFolder, "lake-catalog.db"), storage, time);
}
