using System.Text.Json;
using Recoup.Clock;
using Recoup.Gateways.Simulated.Agenda;
using Recoup.Gateways.Simulated.Ledger;
using Recoup.Gateways.Simulated.World;
using Recoup.Strategy;

namespace Recoup.Gateways.Simulated;

/// <summary>Brings messages to the customers of the world. Many answer after a while, when they are awake; some never do.</summary>
internal sealed class SimulatedMessenger(GatewayLedger ledger, SimulatedWorld world, IBusinessClock clock) : ICustomerMessenger
{
    private const int WakesAt = 8;
    private const int SleepsAt = 22;

    /// <inheritdoc/>
    public Task SendAsync(CustomerMessage message, CancellationToken cancellationToken)
    {
        if (ShareThatAnswer(message.Method) is not { } share)
        {
            throw new ArgumentException($"{message.Method} is no message to a customer.", nameof(message));
        }

        var now = clock.UtcNow;
        return ledger.WriteAsync(book =>
        {
            // Sent twice under one id, it is received once.
            if (book.Messages.Receive(message, now) && AnswersAt(message, share, now) is { } at)
            {
                book.Agenda.Add(new AgendaItem($"answer:{message.MessageId}", AgendaKinds.Answer, at, JsonSerializer.Serialize(message, RecoupJson.Options)));
            }

            return true;
        });
    }

    private static double? ShareThatAnswer(RecoveryMethod method) => method switch
    {
        RecoveryMethod.RequestCardUpdate => 0.62,
        RecoveryMethod.RetryWithCorrectCvc => 0.72,
        RecoveryMethod.ContactCustomer => 0.45,
        _ => null,
    };

    /// <summary>Null: never. Half of the answers come within half a day, the last ones after a week.</summary>
    private DateTimeOffset? AnswersAt(CustomerMessage message, double share, DateTimeOffset now)
    {
        var dice = world.Dice.With("answer").With(message.MessageId);
        if (!dice.With("at all").Happens(share))
        {
            return null;
        }

        var at = now.AddHours(0.3 * Math.Pow(560, dice.With("when").Share));
        var local = world.Customer(message.CustomerId).Country.Local(at);
        return local.Hour switch
        {
            < WakesAt => at.AddHours(WakesAt - local.Hour),
            >= SleepsAt => at.AddHours(24 - local.Hour + WakesAt),
            _ => at,
        };
    }
}
