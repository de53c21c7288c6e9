using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Recoup.Customers;
using Recoup.Payments;

namespace Recoup.Fraud;

/// <summary>Asks the customer's grain for the facts and scores them. It keeps nothing.</summary>
[StatelessWorker]
public sealed class FraudCheckGrain(IOptions<FraudOptions> options) : Grain, IFraudCheckGrain
{
    public async Task<FraudVerdict> CheckAsync(SubmitPayment payment, DateTimeOffset now)
    {
        var facts = await GrainFactory.Find<ICustomerGrain>(payment.CustomerId).GetRiskFactsAsync(payment.Currency, now);
        return FraudScore.Of(payment, facts, options.Value);
    }
}
