using System.Collections.Concurrent;
using Recoup.Customers;
using Recoup.Events;
using Recoup.Payments;
using Recoup.Simulation;

namespace Recoup.Client.Tests.Simulate;

/// <summary>A silo as the simulator sees one: every third order is billed at Stripe, every acknowledged call may lose its answer once.</summary>
internal sealed class FakeWorld
{
    private readonly ConcurrentDictionary<string, FakePayment> payments = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, FakeCustomer> customers = new(StringComparer.Ordinal);
    private readonly FakeProcessor processor;

    public FakeWorld(bool losesAnswers = false, bool sendsWebhooks = true)
    {
        LosesAnswers = losesAnswers;
        SendsWebhooks = sendsWebhooks;
        processor = new FakeProcessor(this);
        Grains = new FakeGrains((type, key) => type switch
        {
            _ when type == typeof(IPaymentGrain) => payments.GetOrAdd(key, id => new FakePayment(this, id)),
            _ when type == typeof(ICustomerGrain) => customers.GetOrAdd(key, id => new FakeCustomer(id)),
            _ => processor,
        });
    }

    public IGrainFactory Grains { get; }

    public bool LosesAnswers { get; }

    public bool SendsWebhooks { get; }

    public IReadOnlyCollection<FakePayment> Payments => [.. payments.Values.Where(payment => payment.View is not null)];

    public IReadOnlyCollection<FakeCustomer> Customers => [.. customers.Values];

    internal FakePayment Payment(string id) => payments.GetOrAdd(id, new FakePayment(this, id));

    internal FakeCustomer Customer(string id) => customers.GetOrAdd(id, new FakeCustomer(id));
}

internal sealed class FakePayment(FakeWorld world, string id) : IPaymentGrain
{
    private int submits;

    public PaymentView? View { get; private set; }

    public int Submits => submits;

    public Task<SubmitOutcome> SubmitAsync(SubmitPayment command, string idempotencyKey)
    {
        Interlocked.Increment(ref submits);
        var isNew = View is null;
        Open(command, "recoup");
        return world.LosesAnswers && isNew
            ? throw new TimeoutException("the answer was lost")
            : Task.FromResult(new SubmitOutcome { Result = isNew ? SubmitResult.Accepted : SubmitResult.AlreadySubmitted, Payment = View });
    }

    public void Open(SubmitPayment command, string provider) => View ??= new PaymentView
    {
        PaymentId = id,
        Status = PaymentStatus.Succeeded,
        AmountMinor = command.AmountMinor,
        Currency = command.Currency,
        CustomerId = command.CustomerId,
        MerchantId = command.MerchantId,
        Provider = provider,
        CreatedAt = DateTimeOffset.UnixEpoch,
        Attempts = [new AttemptView { Attempt = 1, At = DateTimeOffset.UnixEpoch, Outcome = AttemptOutcome.Succeeded }],
    };

    public Task<PaymentView?> GetAsync() => Task.FromResult(View);

    public Task<PaymentView?> WaitForFirstAttemptAsync(TimeSpan patience) => Task.FromResult(View);

    public Task<CommandOutcome> CancelAsync(string? reason) => throw new NotSupportedException();

    public Task<CommandOutcome> RefundAsync(RefundPayment command) => throw new NotSupportedException();

    public Task<CommandOutcome> MarkPaidElsewhereAsync(PaidElsewhere command) => throw new NotSupportedException();

    public Task<CommandOutcome> ReportAsync(ProviderFact fact) => throw new NotSupportedException();

    public Task CardUpdatedAsync(string cardId) => throw new NotSupportedException();

    public Task MergeIntoAsync(string paymentId) => throw new NotSupportedException();

    public Task<IReadOnlyList<OutboxEvent>> GetOutboxAsync() => throw new NotSupportedException();

    public Task ResumeAsync() => throw new NotSupportedException();
}

internal sealed class FakeCustomer(string id) : ICustomerGrain
{
    private readonly ConcurrentQueue<PaymentOutcome> outcomes = [];
    private int introductions;

    public int Introductions => introductions;

    public Task<CustomerView> PutAsync(CustomerProfile profile)
    {
        Interlocked.Increment(ref introductions);
        return GetAsync();
    }

    public Task RecordAsync(PaymentOutcome outcome)
    {
        outcomes.Enqueue(outcome);
        return Task.CompletedTask;
    }

    public Task<CustomerView> GetAsync() => Task.FromResult(new CustomerView { CustomerId = id, Arm = "treatment", History = [.. outcomes] });

    public Task<RecoveryFacts> GetRecoveryFactsAsync(string currency) => throw new NotSupportedException();

    public Task<RiskFacts> GetRiskFactsAsync(string currency, DateTimeOffset now) => throw new NotSupportedException();

    public Task PutSubscriptionAsync(Subscription subscription) => throw new NotSupportedException();

    public Task<IReadOnlyList<OutboxEvent>> GetOutboxAsync() => throw new NotSupportedException();

    public Task ResumeAsync() => throw new NotSupportedException();
}

internal sealed class FakeProcessor(FakeWorld world) : ISimulatedProcessorGrain
{
    public Task<int> GetSeedAsync() => Task.FromResult(7);

    public Task<IReadOnlyList<SimulatedOrder>> GetOrdersAsync(long first, int count) => Task.FromResult<IReadOnlyList<SimulatedOrder>>(
    [
        .. Enumerable.Range(0, count).Select(index => first + index).Select(number => new SimulatedOrder
        {
            Number = number,
            Provider = number % 3 == 0 ? "stripe" : "recoup",
            IdempotencyKey = $"order-{number}",
            Payment = new SubmitPayment { CustomerId = $"cus_{number % 10}", MerchantId = "mer_1", AmountMinor = 999, Currency = "USD" },
            Profile = new CustomerProfile(),
        }),
    ]);

    public Task BillAsync(SimulatedOrder order)
    {
        if (world.SendsWebhooks)
        {
            var paymentId = PaymentIds.PaymentId("mer_1", $"stripe:{order.Number}");
            world.Payment(paymentId).Open(order.Payment, "stripe");
            return world.Customer(order.Payment.CustomerId).RecordAsync(new PaymentOutcome
            {
                PaymentId = paymentId,
                Kind = PaymentOutcomeKind.Collected,
                AmountMinor = 999,
                Currency = "USD",
                At = DateTimeOffset.UnixEpoch,
                OutcomeId = "1",
            });
        }

        return Task.CompletedTask;
    }

    public Task<LedgerAudit> AuditAsync() => throw new NotSupportedException();
}
