using System.Collections.Concurrent;
using Recoup.Payments;

namespace Recoup.Grains.Tests.Webhooks;

/// <summary>
/// Stands in for the payment grains: calls to them end here. A fake payment keeps the facts that it was told, once each, and is put into its state by the
/// real, pure transitions.
/// </summary>
internal sealed class FakePayments : IOutgoingGrainCallFilter
{
    private readonly ConcurrentDictionary<string, FakePayment> payments = new(StringComparer.Ordinal);

    public FakePayment Of(string paymentId) => payments.GetOrAdd(paymentId, id => new FakePayment(id));

    public IEnumerable<FakePayment> Opened => payments.Values.Where(payment => payment.Facts.Count > 0);

    public Task Invoke(IOutgoingGrainCallContext context)
    {
        if (context.InterfaceMethod.DeclaringType != typeof(IPaymentGrain))
        {
            return context.Invoke();
        }

        var payment = Of(context.TargetId.Key.ToString()!);
        context.Result = context.InterfaceMethod.Name switch
        {
            nameof(IPaymentGrain.ReportAsync) => payment.Report((ProviderFact)context.Request.GetArgument(0)!),
            nameof(IPaymentGrain.MarkPaidElsewhereAsync) => payment.MarkPaid(),
            nameof(IPaymentGrain.MergeIntoAsync) => payment.MergeInto(Of((string)context.Request.GetArgument(0)!)),
            var other => throw new NotSupportedException(other),
        };
        return Task.CompletedTask;
    }
}

internal sealed class FakePayment(string paymentId)
{
    private readonly Lock gate = new();
    private PaymentState state = new();

    public string PaymentId => paymentId;

    public Dictionary<string, ProviderFact> Facts { get; } = new(StringComparer.Ordinal);

    public FakePayment? MergedInto { get; private set; }

    /// <summary>True when a fact came straight here after the payment had been merged: then two recoveries could run.</summary>
    public bool WasToldTooLate { get; private set; }

    public bool IsPaid { get; private set; }

    public PaymentState State => state;

    public CommandOutcome Report(ProviderFact fact)
    {
        lock (gate)
        {
            WasToldTooLate |= MergedInto is not null;
            return Apply(fact);
        }
    }

    public CommandOutcome MarkPaid()
    {
        lock (gate)
        {
            if (Facts.Count == 0)
            {
                return new CommandOutcome { Result = CommandResult.NotFound };
            }

            IsPaid = true;
            return new CommandOutcome { Result = CommandResult.Done };
        }
    }

    public object? MergeInto(FakePayment other)
    {
        lock (gate)
        {
            MergedInto = other;
            foreach (var fact in Facts.Values.OrderBy(fact => fact is ChargeReported ? 0 : 1))
            {
                other.Apply(fact);
            }

            return null;
        }
    }

    private CommandOutcome Apply(ProviderFact fact)
    {
        lock (gate)
        {
            if (Facts.Count == 0 && fact is not ChargeReported)
            {
                return new CommandOutcome { Result = CommandResult.NotFound };
            }

            state = state.Apply(paymentId, fact, fact.OccurredAt);
            return new CommandOutcome { Result = Facts.TryAdd(fact.SourceEvent, fact) ? CommandResult.Done : CommandResult.AlreadyDone };
        }
    }
}
