using Amazon;
using Amazon.S3;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Storage;

namespace Recoup.Lakehouse.Iceberg.Hosting;

public static class LakeServices
{
    /// <summary>Registers the lake's storage and catalog as the sections <c>Lake</c> and <c>S3</c> of the configuration say.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The whole configuration.</param>
    /// <param name="dataFolder">Where the warehouse, the catalog and local copies are unless the settings say otherwise.</param>
    public static IServiceCollection AddIcebergLake(this IServiceCollection services, IConfiguration configuration, string dataFolder)
    {
        services.AddOptions<LakeOptions>().Bind(configuration.GetSection("Lake")).PostConfigure(options =>
        {
            options.Warehouse = Or(options.Warehouse, Path.Combine(dataFolder, "warehouse"));
            options.CatalogPath = Or(options.CatalogPath, Path.Combine(dataFolder, "catalog.db"));
        }).ValidateOnStart();
        services.AddOptions<S3Options>().Bind(configuration.GetSection("S3"))
            .PostConfigure(options => options.CopiesFolder = Or(options.CopiesFolder, Path.Combine(dataFolder, "lake-copies")))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<LakeOptions>, LakeOptionsValidator>();
        services.AddSingleton<IValidateOptions<S3Options>, S3OptionsValidator>();
        services.AddSingleton(Storage);
        services.AddSingleton(Catalog);
        return services;
    }

    private static ITableStorage Storage(IServiceProvider services)
    {
        var lake = services.GetRequiredService<IOptions<LakeOptions>>().Value;
        if (!lake.Warehouse.StartsWith("s3://", StringComparison.Ordinal))
        {
            return new LocalStorage(lake.Warehouse);
        }

        var s3 = services.GetRequiredService<IOptions<S3Options>>().Value;
        var client = s3.Endpoint.Length is 0
            ? new AmazonS3Client(RegionEndpoint.GetBySystemName(s3.Region))
            : new AmazonS3Client(new AmazonS3Config { ServiceURL = s3.Endpoint, ForcePathStyle = true, AuthenticationRegion = s3.Region });
        return new S3Storage(client, lake.Warehouse, new LocalCopies(s3.CopiesFolder, s3.CopiesLimit, Clock(services)));
    }

    private static ICatalog Catalog(IServiceProvider services)
    {
        var lake = services.GetRequiredService<IOptions<LakeOptions>>().Value;
        var storage = services.GetRequiredService<ITableStorage>();
        if (lake.Catalog.Length is 0)
        {
            return new SqliteCatalog(lake.CatalogPath, storage, Clock(services));
        }

        var address = Uri.TryCreate(lake.Catalog, UriKind.Absolute, out var uri)
            ? new RestCatalogAddress(uri, lake.CatalogWarehouse, lake.CatalogCredential)
            : throw IcebergException.Invalid($"Lake__Catalog is '{lake.Catalog}'; the address of a REST catalog is expected, such as http://127.0.0.1:8181/api/catalog.");
        return new RestCatalog(new RestCatalogConnection(new HttpClient(), address, Clock(services)), storage);
    }

    private static TimeProvider Clock(IServiceProvider services) => services.GetService<TimeProvider>() ?? TimeProvider.System;

    private static string Or(string text, string fallback) => text.Length is 0 ? fallback : text;
}
