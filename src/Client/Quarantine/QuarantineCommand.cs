using System.CommandLine;
using Recoup.Client.CommandLine;

namespace Recoup.Client.Quarantine;

/// <summary><c>quarantine list|show|replay</c>: what the validation refused, why, and how it comes back corrected.</summary>
internal sealed class QuarantineCommand : Command
{
    public QuarantineCommand(EnvironmentSettings settings)
        : base("quarantine", "What the validation refused and why; publish corrected records again.")
    {
        Add(new QuarantineListCommand(settings));
        Add(new QuarantineShowCommand(settings));
        Add(new QuarantineReplayCommand(settings));
    }
}
