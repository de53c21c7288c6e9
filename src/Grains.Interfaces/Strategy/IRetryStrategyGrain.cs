namespace Recoup.Strategy;

/// <summary>Decides about one declined payment, as a pure function of the context. A stateless worker; the key is 0.</summary>
[Alias("recoup.retry-strategy")]
public interface IRetryStrategyGrain : IGrainWithIntegerKey
{
    [Alias("decide")]
    Task<RetryDecision> DecideAsync(RetryContext context);
}
