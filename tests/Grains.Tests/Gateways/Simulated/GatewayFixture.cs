using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Recoup.Gateways;
using Recoup.Gateways.Simulated;
using Recoup.Gateways.Simulated.Agenda;
using Recoup.Gateways.Simulated.Billing;
using Recoup.Gateways.Simulated.Faults;
using Recoup.Gateways.Simulated.Ledger;
using Recoup.Gateways.Simulated.Webhooks;
using Recoup.Gateways.Simulated.World;
using Recoup.Payments;
using Recoup.Simulation;

namespace Recoup.Grains.Tests.Gateways.Simulated;

/// <summary>A gateway with a ledger in a folder of its own.</summary>
internal sealed class GatewayFixture : IDisposable
{
    private readonly string folder;

    public GatewayFixture(int? seed = 1, string faults = "")
        : this(Directory.CreateTempSubdirectory("recoup-gateway-").FullName, seed, faults)
    {
    }

    private GatewayFixture(string folder, int? seed, string faults)
    {
        this.folder = folder;
        Ledger = GatewayLedger.Open(Path.Combine(folder, "gateway-ledger.db"), seed);
        World = new SimulatedWorld(Ledger.Seed);
        Orders = new OrderBook(World);
        var voice = new ProviderVoice(World, Options.Create(Settings));
        Processor = new Processor(World, Ledger, voice, new FollowUps(World), Clock);
        Desk = new BillingDesk(World, Processor, voice);
        Gateway = new SimulatedGateway(Ledger, Processor, new FaultInjector(FaultPlan.Parse(faults), Ledger.Seed, TimeProvider.System));
        Messenger = new SimulatedMessenger(Ledger, World, Clock);
        Grains = DispatchProxy.Create<IGrainFactory, RecordingGrains>();
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

    public SimulatedMessenger Messenger { get; }

    /// <summary>Grains that only note what they are told.</summary>
    public IGrainFactory Grains { get; }

    public IReadOnlyCollection<string> GrainCalls => ((RecordingGrains)Grains).Calls;

    /// <summary>What is at the provider's receiving end.</summary>
    public RecordingReceiver Receiver { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero));

    /// <summary>The gateway after a crash: what was on disk at this moment, opened anew. Nothing of this process's memory goes with it.</summary>
    public GatewayFixture AfterCrash()
    {
        var copy = Directory.CreateTempSubdirectory("recoup-gateway-").FullName;
        foreach (var file in Directory.GetFiles(folder).Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return new GatewayFixture(copy, seed: null, faults: "") { Clock = { UtcNow = Clock.UtcNow } };
    }

    public AgendaRunner Runner() => new(
        Ledger,
        [
            new AnswerHandler(Ledger, World, Grains, Clock),
            new RefundHandler(Ledger, World, Processor, Grains),
            new DisputeHandler(Ledger, World, Voice, Grains),
            new RenewalHandler(Ledger, Desk),
            new WebhookHandler(new HttpClient(Receiver), Options.Create(Settings), Time),
        ],
        Clock,
        Time,
        NullLogger<AgendaRunner>.Instance);

    /// <summary>Runs the agenda until nothing is due.</summary>
    public async Task RunAgendaAsync(AgendaRunner? runner = null)
    {
        runner ??= Runner();
        while (await runner.RunDueAsync(default) > 0)
        {
            Time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    public Task BillAsync(long number)
    {
        var bill = ProviderBill.Of(Orders.Order(number, Clock.UtcNow), World);
        return Ledger.WriteAsync(book =>
        {
            Desk.Bill(book, bill);
            return true;
        });
    }

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

    /// <summary>The number of the first order at this provider.</summary>
    public long OrderOf(string provider, Func<SimulatedOrder, bool>? condition = null, long from = 0)
    {
        var number = from;
        while (Orders.Order(number, Clock.UtcNow) is var order && !(order.Provider == provider && (condition?.Invoke(order) ?? order.Subscription is null)))
        {
            number++;
        }

        return number;
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
        Directory.Delete(folder, recursive: true);
    }
}
