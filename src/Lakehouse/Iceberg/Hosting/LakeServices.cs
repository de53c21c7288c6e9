using Amazon;
using Amazon.S3;
using Microsoft.Extensions.DependencyInjection;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Storage;

namespace Recoup.Lakehouse.Iceberg.Hosting;

public static class LakeServices
{
    /// <summary>Registers the lake's storage and catalog.</summary>
    /// <param name="services">The services.</param>
    /// <param name="lake">Where the tables are.</param>
    /// <param name="s3">How S3 is reached, where they are there.</param>
    /// <param name="dataFolder">Where the warehouse is unless the options say otherwise, the SQLite catalog and local copies of what lies in S3.</param>
    public static IServiceCollection AddIcebergLake(this IServiceCollection services, LakeOptions lake, S3Options s3, string dataFolder)
    {
        ArgumentNullException.ThrowIfNull(lake);
        ArgumentNullException.ThrowIfNull(s3);
        services.AddSingleton(provider => Storage(lake, s3, dataFolder, Clock(provider)));
        services.AddSingleton(provider => Catalog(lake, dataFolder, provider.GetRequiredService<ITableStorage>(), Clock(provider)));
        return services;
    }

    private static ITableStorage Storage(LakeOptions lake, S3Options s3, string dataFolder, TimeProvider time)
    {
        if (!lake.Warehouse.StartsWith("s3://", StringComparison.Ordinal))
        {
            return new LocalStorage(Path.GetFullPath(lake.Warehouse.Length > 0 ? lake.Warehouse : Path.Combine(dataFolder, "warehouse")));
        }

        var client = s3.Endpoint.Length == 0
            ? new AmazonS3Client(RegionEndpoint.GetBySystemName(s3.Region))
            : new AmazonS3Client(new AmazonS3Config { ServiceURL = s3.Endpoint, ForcePathStyle = true, AuthenticationRegion = s3.Region });
        return new S3Storage(client, lake.Warehouse, new LocalCopies(Path.Combine(dataFolder, "lake-copies"), s3.CopiesLimit, time));
    }

    private static ICatalog Catalog(LakeOptions lake, string dataFolder, ITableStorage storage, TimeProvider time) => lake.HasRestCatalog
        ? new RestCatalog(
            new RestCatalogConnection(new HttpClient(), new RestCatalogAddress(new Uri(lake.Catalog), lake.CatalogWarehouse, lake.CatalogCredential), time), storage)
        : new SqliteCatalog(Path.Combine(dataFolder, "lake-catalog.db"), storage, time);

    private static TimeProvider Clock(IServiceProvider services) => services.GetService<TimeProvider>() ?? TimeProvider.System;
}
