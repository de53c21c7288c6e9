using System.Text.Json;
using Recoup.Cards;
using Recoup.Clock;
using Recoup.Gateways.Simulated.Ledger;
using Recoup.Gateways.Simulated.World;
using Recoup.Payments;
using Recoup.Strategy;

namespace Recoup.Gateways.Simulated.Agenda;

/// <summary>A customer does what a message asked for. First the deed is on disk, then Recoup hears of it: so a retry meets a card that works.</summary>
internal sealed class AnswerHandler(GatewayLedger ledger, SimulatedWorld world, IGrainFactory grains, IBusinessClock clock) : IAgendaHandler
{
    private const double ShareThatPayElsewhere = 0.45;

    public IReadOnlyList<string> Kinds => [AgendaKinds.Answer];

    public Task DoAsync(AgendaItem item, CancellationToken cancellationToken)
    {
        var message = JsonSerializer.Deserialize<CustomerMessage>(item.Body, RecoupJson.Options)!;
        var cardId = message.CardId ?? world.Customer(message.CustomerId).CardId(1);
        return message.Method switch
        {
            RecoveryMethod.RequestCardUpdate => UpdateCardAsync(message, cardId),
            RecoveryMethod.RetryWithCorrectCvc => EnterCvcAsync(message, cardId),
            RecoveryMethod.ContactCustomer when world.Dice.With("pays elsewhere").With(message.MessageId).Happens(ShareThatPayElsewhere) =>
                Payment(message).MarkPaidElsewhereAsync(new PaidElsewhere { Reference = $"bank transfer after {message.MessageId}" }),
            RecoveryMethod.ContactCustomer => CallBankAsync(message, cardId),
            _ => throw new InvalidOperationException($"Nobody answers a message about {message.Method}."),
        };
    }

    private async Task UpdateCardAsync(CustomerMessage message, string cardId)
    {
        await RecordAsync((cardId, DeedKind.CardUpdated));
        await TellOfCardAsync(message);
    }

    private async Task EnterCvcAsync(CustomerMessage message, string cardId)
    {
        await RecordAsync((message.PaymentId, DeedKind.CvcEntered));
        await Payment(message).CardUpdatedAsync(cardId);
    }

    /// <summary>The bank lifts what it held against the card, or sends a new one.</summary>
    private async Task CallBankAsync(CustomerMessage message, string cardId)
    {
        await RecordAsync((message.PaymentId, DeedKind.Contacted), (cardId, DeedKind.CardUpdated));
        await TellOfCardAsync(message);
    }

    // Every payment that waits for the card hears of it through the card; told itself as well, this one might take the answer for that to a later question.
    private Task TellOfCardAsync(CustomerMessage message) => message.CardId is { } cardId
        ? grains.GetGrain<ICardGrain>(cardId).UpdatedAsync()
        : Payment(message).CardUpdatedAsync(world.Customer(message.CustomerId).CardId(1));

    private async Task RecordAsync(params (string Subject, DeedKind Kind)[] deeds)
    {
        var now = clock.UtcNow;
        await ledger.WriteAsync(book =>
        {
            foreach (var (subject, kind) in deeds)
            {
                book.Deeds.Record(subject, kind, now);
            }

            return true;
        });
        foreach (var (subject, kind) in deeds)
        {
            ledger.Deeds.Add(subject, kind, now);
        }
    }

    private IPaymentGrain Payment(CustomerMessage message) => grains.GetGrain<IPaymentGrain>(message.PaymentId);
}
