using System.Collections.Concurrent;
using Recoup.Payments;
using Recoup.Recovery;

namespace Recoup.Grains.Tests.Payments.Chaos;

/// <summary>Does what the recovery workflow does, at least once, in the order that it does, with every call repeated until it answers.</summary>
internal sealed class ChaosRecovery(Mischief mischief) : IRecoveryLauncher
{
    private readonly ConcurrentDictionary<string, Task> running = new();

    public IGrainFactory Grains { get; set; } = null!;

    public Task StartAsync(RecoveryStart start, CancellationToken cancellationToken)
    {
        mischief.MayThrow("the workflow server did not answer");
        running.AddOrUpdate(
            start.PaymentId,
            id => Task.Run(() => RecoverAsync(id), CancellationToken.None),
            (id, known) => known.IsCompleted ? Task.Run(() => RecoverAsync(id), CancellationToken.None) : known);
        return Task.CompletedTask;
    }

    public Task SignalAsync(string paymentId, RecoverySignal signal, CancellationToken cancellationToken)
    {
        mischief.MayThrow("the signal was lost");
        return Task.CompletedTask;
    }

    private async Task RecoverAsync(string paymentId)
    {
        var payment = Grains.GetGrain<IPaymentRecovery>(paymentId);
        for (var number = 1; ;)
        {
            var step = await RepeatAsync(() => payment.DecideAsync(number));
            if (step.Action is RecoveryAction.Attempt or RecoveryAction.AwaitCustomer && step.Wait > TimeSpan.Zero)
            {
                await Task.Delay(step.Wait);
            }

            switch (step.Action)
            {
                case RecoveryAction.Stop:
                    return;
                case RecoveryAction.Decide:
                    number++;
                    break;
                case RecoveryAction.Attempt:
                    await RepeatAsync(() => payment.AttemptAsync(number));
                    break;
                default:
                    await RepeatAsync(() => payment.FinishAsync(step.FailureCode ?? "recovery_exhausted"));
                    return;
            }
        }
    }

    private static async Task<RecoveryStep> RepeatAsync(Func<Task<RecoveryStep>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception exception) when (exception is IOException or TimeoutException or Orleans.Storage.InconsistentStateException or OrleansException)
            {
                await Task.Yield();
            }
        }
    }
}
