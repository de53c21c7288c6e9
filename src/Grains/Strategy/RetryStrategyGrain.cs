using Orleans.Concurrency;

namespace Recoup.Strategy;

/// <summary>Answers with the baseline. Stateless: the decision is a function of the context, and any activation gives the same.</summary>
[StatelessWorker]
public sealed class RetryStrategyGrain(BaselineStrategy baseline) : Grain, IRetryStrategyGrain
{
    public Task<RetryDecision> DecideAsync(RetryContext context) => Task.FromResult(baseline.Decide(context));
}
