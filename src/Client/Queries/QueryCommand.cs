using System.CommandLine;
using Recoup.Client.CommandLine;
using Recoup.Client.Connections;
using Recoup.Client.Terminals;

namespace Recoup.Client.Queries;

/// <summary><c>query "&lt;sql&gt;"</c>: one statement over the lake, answered by the running silo.</summary>
internal sealed class QueryCommand : ConsoleCommand
{
    private readonly Argument<string> sql = new("sql") { Description = "One SELECT; tables are named with their namespace, such as bronze.payment_charges." };
    private readonly Option<string> format = QueryOutput.Format();
    private readonly Option<Uri> url;

    public QueryCommand(EnvironmentSettings settings)
        : base("query", "Run SQL over the lake: bronze, quarantine, silver and gold, read-only.")
    {
        url = ConnectionOptions.Url(settings);
        Add(sql);
        Add(format);
        Add(url);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "query \"select event_type, count(*) as events from bronze.payment_charges group by event_type\"",
        "query \"select rejection_reason, count(*) as records from bronze.quarantine_payment_charges group by 1\" --format csv",
        "query \"select * from bronze.payment_charges\" --format arrow > charges.arrow",
    ];

    protected override async Task<int> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        using var query = new LakeQuery(arguments.GetRequiredValue(url));
        var output = arguments.InvocationConfiguration.Output;
        await QueryOutput.WriteAsync(query, arguments.GetRequiredValue(sql), arguments.GetRequiredValue(format), terminal, output, cancellationToken);
        return ExitCodes.Success;
    }
}
