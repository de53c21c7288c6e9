using System.CommandLine;
using Recoup.Client.CommandLine;

namespace Recoup.Client.Pipelines;

/// <summary><c>pipeline</c>: its subcommands are files of their own.</summary>
internal sealed class PipelineCommand : Command
{
    public PipelineCommand(EnvironmentSettings settings)
        : base("pipeline", "The lake's pipeline: transformations, maintenance, monitors; a range of the event log validated again.")
    {
        Add(new PipelineStatusCommand(settings));
        Add(new PipelineRunCommand(settings));
        Add(new BackfillCommand(settings));
    }
}
