using System.Globalization;

namespace Recoup.Bench;

/// <summary>How busy the machine was, over the last minute; null where the system does not tell.</summary>
internal static class MachineLoad
{
    public static double? Read() => File.Exists("/proc/loadavg")
        ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture)
        : null;
}
