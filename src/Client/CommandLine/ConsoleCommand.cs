using System.CommandLine;
using Recoup.Client.Terminals;

namespace Recoup.Client.CommandLine;

/// <summary>A command of the console: <c>--json</c>, examples in its help, and errors as one sentence and a remedy on standard error.</summary>
internal abstract class ConsoleCommand : Command
{
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON document on standard output, and nothing else there." };

    protected ConsoleCommand(string name, string description)
        : base(name, description)
    {
        Add(json);
        SetAction(InvokeAsync);
    }

    /// <summary>Whole command lines, without the program's name.</summary>
    public abstract IReadOnlyList<string> Examples { get; }

    /// <summary>Does the work. A return value other than 0 means that it was done, and what was found is not good.</summary>
    /// <exception cref="CommandFailedException">It could not be done.</exception>
    protected abstract Task<int> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken);

    private async Task<int> InvokeAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var configuration = arguments.InvocationConfiguration;
        var terminal = Terminal.Create(configuration.Output, configuration.Error, arguments.GetValue(json));
        try
        {
            return await RunAsync(arguments, terminal, cancellationToken);
        }
        catch (Exception failure) when (cancellationToken.IsCancellationRequested && failure is (OperationCanceledException or CommandFailedException))
        {
            // Whatever failed now failed because everything is being stopped.
            terminal.WriteError($"{Name} was interrupted.");
            return ExitCodes.Interrupted;
        }
        catch (CommandFailedException failure)
        {
            terminal.WriteError(failure.Message, failure.Remedy);
            return ExitCodes.Failure;
        }
    }
}
