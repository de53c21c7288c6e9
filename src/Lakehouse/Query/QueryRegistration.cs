using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Query.DuckDb;
using Recoup.Lakehouse.Query.Trino;

namespace Recoup.Lakehouse.Query;

public static class QueryRegistration
{
    /// <summary>Registers <see cref="IQueryEngine"/> by the section <c>Query</c>. DuckDB needs an <see cref="ICatalog"/> in the container.</summary>
    public static IServiceCollection AddLakeQuery(this IServiceCollection services)
    {
        services.AddOptions<QueryOptions>().BindConfiguration(QueryOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<QueryOptions>, QueryOptionsValidator>();
        services.AddSingleton<IQueryEngine>(provider => Create(provider, provider.GetRequiredService<IOptions<QueryOptions>>().Value));
        return services;
    }

    private static IQueryEngine Create(IServiceProvider provider, QueryOptions options) => options.Engine switch
    {
        QueryEngineKind.DuckDb => new DuckDbQueryEngine(
            provider.GetRequiredService<ICatalog>(), options, provider.GetService<TimeProvider>() ?? TimeProvider.System),
        _ => new TrinoQueryEngine(
            new HttpClient { Timeout = Timeout.InfiniteTimeSpan }, options, provider.GetService<TimeProvider>() ?? TimeProvider.System),
    };
}
