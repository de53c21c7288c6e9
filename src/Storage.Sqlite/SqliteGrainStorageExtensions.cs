using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace Recoup.Storage.Sqlite;

public static class SqliteGrainStorageExtensions
{
    /// <summary>Keeps grain state under this provider name in a SQLite file. <see cref="IDueGrains"/> is registered as a keyed service of the same name.</summary>
    public static ISiloBuilder AddSqliteGrainStorage(this ISiloBuilder builder, string name, Action<OptionsBuilder<SqliteGrainStorageOptions>> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSqliteGrainStorage(name, configure);
        return builder;
    }

    /// <inheritdoc cref="AddSqliteGrainStorage(ISiloBuilder, string, Action{OptionsBuilder{SqliteGrainStorageOptions}})"/>
    public static IServiceCollection AddSqliteGrainStorage(
        this IServiceCollection services, string name, Action<OptionsBuilder<SqliteGrainStorageOptions>> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(services.AddOptions<SqliteGrainStorageOptions>(name));
        services.AddTransient<
            IPostConfigureOptions<SqliteGrainStorageOptions>,
            DefaultStorageProviderSerializerOptionsConfigurator<SqliteGrainStorageOptions>>();
        services.AddSingleton<IValidateOptions<SqliteGrainStorageOptions>, SqliteGrainStorageOptionsValidator>();
        services.AddGrainStorage(name, Create);
        services.AddKeyedSingleton<IDueGrains>(name, (provider, key) => (IDueGrains)provider.GetRequiredKeyedService<IGrainStorage>(key));
        return services;
    }

    private static SqliteGrainStorage Create(IServiceProvider services, string name) => ActivatorUtilities.CreateInstance<SqliteGrainStorage>(
        services, name, services.GetRequiredService<IOptionsMonitor<SqliteGrainStorageOptions>>().Get(name));
}

[OptionsValidator]
internal sealed partial class SqliteGrainStorageOptionsValidator : IValidateOptions<SqliteGrainStorageOptions>;
