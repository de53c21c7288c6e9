using Microsoft.Extensions.Options;
using Recoup.Gateways;
using Recoup.Gateways.Simulated;
using Recoup.Gateways.Simulated.Agenda;
using Recoup.Gateways.Simulated.Billing;
using Recoup.Gateways.Simulated.Faults;
using Recoup.Gateways.Simulated.Ledger;
using Recoup.Gateways.Simulated.World;
using Recoup.Payments;

namespace Recoup.Grains.Tests.Gateways.Simulated;

/// <summary>A gateway with a ledger in a folder of its own.</summary>
internal sealed class GatewayFixture : IDisposable
{
    private readonly string folder;
    private readonly bool ownsFolder;

    public GatewayFixture(int? seed = 1, string faults = "", string? folder = null)
    {
        ownsFolder = folder is null;
        this.folder = folder ?? Directory.CreateTempSubdirectory("recoup-gateway-").FullName;
        Ledger = GatewayLedger.Open(Path.Combine(this.folder, "gateway-ledger.db"), seed);
        World = new SimulatedWorld(Ledger.Seed);
        Orders = new OrderBook(World);
        var voice = new ProviderVoice(World, Options.Create(Settings));
        Processor = new Processor(World, Ledger, voice, new FollowUps(World), Clock);
        Desk = new BillingDesk(World, Processor, voice);
        Gateway = new SimulatedGateway(Ledger, Processor, new FaultInjector(FaultPlan.Parse(faults), Ledger.Seed, TimeProvider.System));
        Voice = voice;
    }

    public SimulatedGatewayOptions Settings { get; } = new()
    {
        WebhookBaseAddress = new Uri("http://127.0.0.1:8080"),
        StripeWebhookSecret = "whsec_test",
        SquareSignatureKey = "square-key",
    };

    public Processor Processor { get; }

    public BillingDesk Desk { get; }

    public ProviderVoice Voice { get; }

    public ManualBusinessClock Clock { get; } = new();

    public GatewayLedger Ledger { get; }

    public SimulatedWorld World { get; }

    public OrderBook Orders { get; }

    public SimulatedGateway Gateway { get; }

    public Task<GatewayCharge> ChargeOrderAsync(long number, int attempt = 1) => Gateway.ChargeAsync(RequestOf(number, attempt), default);

    public ChargeRequest RequestOf(long number, int attempt = 1)
    {
        var order = Orders.Order(number, Clock.UtcNow);
        var paymentId = PaymentIds.PaymentId(order.Payment.MerchantId, order.IdempotencyKey);
        return new ChargeRequest
        {
            IdempotencyKey = PaymentIds.ChargeKey(paymentId, attempt),
            Provider = "recoup",
            PaymentId = paymentId,
            Attempt = attempt,
            CustomerId = order.Payment.CustomerId,
            MerchantId = order.Payment.MerchantId,
            AmountMinor = order.Payment.AmountMinor,
            Currency = order.Payment.Currency,
            CardId = order.Payment.CardId,
            CardNetwork = order.Payment.CardNetwork,
            CardCountry = order.Payment.CardCountry,
            InitiatedBy = attempt == 1 ? order.Payment.InitiatedBy : Initiator.Merchant,
        };
    }

    /// <summary>The number of the first order whose first attempt succeeds, or is declined, now.</summary>
    public long OrderThat(Func<DeclineCodes?, bool> answer, long from = 0)
    {
        for (var number = from; number < from + 20_000; number++)
        {
            if (answer(AnswerTo(RequestOf(number), Clock.UtcNow)))
            {
                return number;
            }
        }

        throw new InvalidOperationException("No such order within 20,000.");
    }

    public DeclineCodes? AnswerTo(ChargeRequest request, DateTimeOffset at, CustomerDeeds? deeds = null) => World.Answer(
        new WorldCharge
        {
            Key = request.IdempotencyKey,
            PaymentKey = request.PaymentId,
            Provider = request.Provider,
            CustomerId = request.CustomerId,
            CardId = request.CardId,
            CardNetwork = request.CardNetwork,
            AmountMinor = request.AmountMinor,
            At = at,
        },
        deeds ?? CustomerDeeds.None);

    public void Dispose()
    {
        Ledger.Dispose();
        if (ownsFolder)
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
