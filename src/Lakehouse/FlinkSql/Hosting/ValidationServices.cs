using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Recoup.Lakehouse.FlinkSql.Hosting;

public static class ValidationServices
{
    /// <summary>
    /// Runs the scripts of <c>flink/</c> in this process. An <see cref="Iceberg.Catalogs.ICatalog"/> must be registered; the topics
    /// must exist when the host starts.
    /// </summary>
    public static IServiceCollection AddFlinkSqlValidation(this IServiceCollection services, Action<OptionsBuilder<ValidationOptions>> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(services.AddOptions<ValidationOptions>().ValidateOnStart());
        services.AddSingleton<IValidateOptions<ValidationOptions>, ValidationOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ScriptService>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<ScriptService>());
        return services;
    }
}
