using System.CommandLine;
using Recoup.Client.CommandLine;
using Recoup.Client.Connections;
using Recoup.Client.Terminals;
using Recoup.Customers;

namespace Recoup.Client.Customers;

/// <summary><c>customer &lt;id&gt;</c>: what a decision knows of the customer, and the newest outcomes.</summary>
internal sealed class CustomerCommand : ConsoleCommand
{
    private readonly Argument<string> customerId = new("customer-id") { Description = "The customer, as the merchant or the provider calls it." };
    private readonly Option<HostAndPort> gateway;

    public CustomerCommand(EnvironmentSettings settings)
        : base("customer", "Show one customer: cards in order of use, lifetime value, success rate, newest outcomes, subscriptions.")
    {
        gateway = ConnectionOptions.Gateway(settings);
        Add(customerId);
        Add(gateway);
    }

    public override IReadOnlyList<string> Examples => ["customer cus_17", "customer cus_17 --json"];

    protected override async Task<int> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var id = arguments.GetRequiredValue(customerId);
        var silo = arguments.GetRequiredValue(gateway);
        var customer = await SiloConnection.AskAsync(silo, grains => grains.GetGrain<ICustomerGrain>(id).GetAsync(), cancellationToken);
        if (!IsKnown(customer))
        {
            throw new CommandFailedException($"The silo at {silo} knows no customer {id}.", "A customer is known once it has a payment, or by PUT /customers/{id}.");
        }

        if (terminal.IsJson)
        {
            terminal.WriteJson(customer);
            return ExitCodes.Success;
        }

        terminal.Screen.Write(CustomerScreen.Render(customer));
        return ExitCodes.Success;
    }

    /// <summary>Every customer id has a grain; one that nobody has told anything of is not known.</summary>
    private static bool IsKnown(CustomerView customer) =>
        customer.TimeZone is not null || customer.Cards.Count > 0 || customer.History.Count > 0 || customer.Subscriptions.Count > 0;
}
