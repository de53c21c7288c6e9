using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recoup.Lakehouse.Dbt.Cli;
using Recoup.Lakehouse.Dbt.Running;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Storage;

namespace Recoup.Lakehouse.Dbt;

public static class DbtRegistration
{
    /// <summary>
    /// Registers <see cref="IDbtRunner"/> by the section <c>Dbt</c>. The embedded runner runs a profile of type trino on the process's own
    /// <see cref="ICatalog"/> and <see cref="ITableStorage"/>, which it needs in the container, and one of type duckdb on the file that the profile names.
    /// </summary>
    public static IServiceCollection AddDbt(this IServiceCollection services)
    {
        services.AddOptions<DbtOptions>().BindConfiguration(DbtOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DbtOptions>, DbtOptionsValidator>();
        services.AddSingleton<IDbtRunner>(provider => Create(provider, provider.GetRequiredService<IOptions<DbtOptions>>().Value));
        return services;
    }

    private static IDbtRunner Create(IServiceProvider provider, DbtOptions options)
    {
        var clock = provider.GetService<TimeProvider>() ?? TimeProvider.System;
        return options.Runner is DbtRunnerKind.Cli
            ? new CliDbtRunner(options, clock)
            : new EmbeddedDbtRunner(new DbtSettings(options.ProjectFolder, options.Profiles)
            {
                Target = options.Target,
                TargetFolder = options.TargetFolder,
                Clock = clock,
                OpenWarehouse = new WarehouseFactory(
                    options.ProjectFolder, provider.GetService<ICatalog>, provider.GetService<ITableStorage>, clock).Open,
            });
    }
}
