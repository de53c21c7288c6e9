using System.Net;
using Recoup.Gateways;
using Recoup.Gateways.Simulated.Ledger;
using Recoup.Strategy;

namespace Recoup.Grains.Tests.Gateways.Simulated;

[TestClass]
public sealed class AgendaTests
{
    [TestMethod]
    public async Task SendAsync_SameMessageTwice_IsAnsweredOnce()
    {
        using var fixture = new GatewayFixture();

        // Once more while the answer is pending, and once more after it.
        foreach (var day in (int[])[0, 0, 10])
        {
            fixture.Clock.UtcNow += TimeSpan.FromDays(day);
            await fixture.RunAgendaAsync();
            for (var number = 0; number < 40; number++)
            {
                await fixture.Messenger.SendAsync(Message(number, RecoveryMethod.RequestCardUpdate), default);
            }
        }

        fixture.Clock.UtcNow += TimeSpan.FromDays(10);
        await fixture.RunAgendaAsync();

        var updates = fixture.GrainCalls.Where(call => call.StartsWith("ICardGrain", StringComparison.Ordinal)).ToList();
        Assert.IsInRange(15, 35, updates.Count);
        Assert.AreEqual(updates.Count, updates.Distinct().Count());
    }

    [TestMethod]
    public async Task SendAsync_ContactCustomer_SomePayElsewhereAndSomeCallTheBank()
    {
        using var fixture = new GatewayFixture();
        for (var number = 0; number < 60; number++)
        {
            await fixture.Messenger.SendAsync(Message(number, RecoveryMethod.ContactCustomer), default);
        }

        fixture.Clock.UtcNow += TimeSpan.FromDays(10);
        await fixture.RunAgendaAsync();

        Assert.Contains(call => call.Contains("MarkPaidElsewhereAsync", StringComparison.Ordinal), fixture.GrainCalls);
        Assert.Contains(call => call.EndsWith(".UpdatedAsync()", StringComparison.Ordinal), fixture.GrainCalls);
    }

    [TestMethod]
    public async Task RunDueAsync_CrashBeforeTheAnswer_IsAnsweredAfterwards()
    {
        using var fixture = new GatewayFixture();
        for (var number = 0; number < 10; number++)
        {
            await fixture.Messenger.SendAsync(Message(number, RecoveryMethod.RequestCardUpdate), default);
        }

        using var restarted = fixture.AfterCrash();
        Assert.IsEmpty(restarted.GrainCalls);
        restarted.Clock.UtcNow += TimeSpan.FromDays(10);
        await restarted.RunAgendaAsync();

        Assert.IsNotEmpty(restarted.GrainCalls);
    }

    [TestMethod]
    public async Task UpdateCard_AnExpiredCard_WorksAgainAlsoAfterACrash()
    {
        using var fixture = new GatewayFixture();

        // One that nobody but its holder would update within the next ten days.
        var later = fixture.Clock.UtcNow.AddDays(10);
        var number = fixture.OrderThat(decline => decline?.FailureCode == "expired_card");
        while (fixture.AnswerTo(fixture.RequestOf(number), later)?.FailureCode != "expired_card")
        {
            number = fixture.OrderThat(decline => decline?.FailureCode == "expired_card", from: number + 1);
        }

        var request = fixture.RequestOf(number);
        Assert.IsFalse((await fixture.Gateway.ChargeAsync(request, default)).Succeeded);

        await AnswerAsync(fixture, request, RecoveryMethod.RequestCardUpdate);

        using var restarted = fixture.AfterCrash();
        var again = await restarted.Gateway.ChargeAsync(request with { IdempotencyKey = request.IdempotencyKey + "0" }, default);
        Assert.AreNotEqual("expired_card", again.FailureCode);
    }

    [TestMethod]
    public async Task EnterCvc_AWrongCvc_IsRightForThisPayment()
    {
        using var fixture = new GatewayFixture();
        var number = fixture.OrderThat(decline => decline?.FailureCode == "incorrect_cvc");
        var request = fixture.RequestOf(number);
        await fixture.Gateway.ChargeAsync(request, default);

        await AnswerAsync(fixture, request, RecoveryMethod.RetryWithCorrectCvc);

        var again = await fixture.Gateway.ChargeAsync(request with { IdempotencyKey = request.IdempotencyKey + "0" }, default);
        Assert.AreNotEqual("incorrect_cvc", again.FailureCode);
    }

    [TestMethod]
    public async Task RunDueAsync_AfterManySuccesses_AFewAreRefundedAndDisputed()
    {
        using var fixture = new GatewayFixture();
        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(number => fixture.ChargeOrderAsync(number)));

        fixture.Clock.UtcNow += TimeSpan.FromDays(30);
        await fixture.RunAgendaAsync();

        Assert.IsInRange(15, 60, fixture.GrainCalls.Count(call => call.Contains(".RefundAsync", StringComparison.Ordinal)));
        Assert.IsInRange(5, 40, fixture.GrainCalls.Count(call => call.Contains(".ReportAsync", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task RunDueAsync_TheReceiverFails_ItIsDeliveredLater()
    {
        using var fixture = new GatewayFixture();
        await fixture.BillAsync(fixture.OrderOf("stripe"));
        fixture.Receiver.Answer = delivery => delivery <= 3 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK;
        fixture.Clock.UtcNow += TimeSpan.FromMinutes(1);

        await fixture.RunAgendaAsync();

        var bodies = fixture.Receiver.Deliveries.Select(delivery => delivery.Body).ToList();
        Assert.IsGreaterThanOrEqualTo(bodies.Distinct().Count() + 3, bodies.Count);
        Assert.IsEmpty(await fixture.Ledger.WriteAsync(book => book.Agenda.Due(fixture.Clock.UtcNow, 100)));
    }

    [TestMethod]
    public async Task RunDueAsync_ASubscriptionAtAProvider_IsRenewedEveryMonth()
    {
        using var fixture = new GatewayFixture();
        await fixture.BillAsync(fixture.OrderOf("square", order => order.Subscription is not null));
        for (var month = 0; month < 3; month++)
        {
            fixture.Clock.UtcNow += TimeSpan.FromDays(31);
            await fixture.RunAgendaAsync();
        }

        var audit = LedgerAuditor.Audit(fixture.Ledger);
        Assert.AreEqual(4, audit.Charges + audit.Declines);
        Assert.IsEmpty(audit.ChargedTwice);
    }

    /// <summary>Asks under new message ids until the customer answers.</summary>
    private static async Task AnswerAsync(GatewayFixture fixture, ChargeRequest request, RecoveryMethod method)
    {
        for (var message = 0; message < 20; message++)
        {
            await fixture.Messenger.SendAsync(
                new CustomerMessage
                {
                    MessageId = $"{request.PaymentId}:message:{message}",
                    PaymentId = request.PaymentId,
                    CustomerId = request.CustomerId,
                    CardId = request.CardId,
                    Method = method,
                },
                default);
        }

        fixture.Clock.UtcNow += TimeSpan.FromDays(8);
        await fixture.RunAgendaAsync();
    }

    private static CustomerMessage Message(int number, RecoveryMethod method) => new()
    {
        MessageId = $"pay_{number}:message:1",
        PaymentId = $"pay_{number}",
        CustomerId = $"cus_{number}",
        CardId = $"card_{number}",
        Method = method,
    };
}
