using System.CommandLine;
using Recoup.Client.CommandLine;

namespace Recoup.Client.Pipelines;

/// <summary><c>pipeline ...</c>: what stands between the event log and the tables.</summary>
internal sealed class PipelineCommand : Command
{
    public PipelineCommand(EnvironmentSettings settings)
        : base("pipeline", "Validate a range of the event log again.") => Add(new BackfillCommand(settings));
}
