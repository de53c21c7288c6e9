using System.CommandLine.Invocation;
using Recoup.Embedded.Temporal.Hosting;

var parsed = StartDevCommand.Create().Parse(args);
if (parsed.Action is ParseErrorAction error)
{
    error.ShowHelp = false; // One line that names the flag is enough.
}

return await parsed.InvokeAsync();
