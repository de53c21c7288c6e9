using System.CommandLine;
using System.CommandLine.Invocation;
using Recoup.Embedded.Kafka.Hosting;

var parsed = BrokerCommand.Create().Parse(args);
if (parsed.Action is ParseErrorAction error)
{
    error.ShowHelp = false; // One line that names the flag is enough.
}

// Clients get the answers that are due, and every log a checkpoint, before the process ends.
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
