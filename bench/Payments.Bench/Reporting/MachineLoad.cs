using System.Globalization;

namespace Recoup.Payments.Bench.Reporting;

/// <summary>How busy the machine was with other things.</summary>
internal static class MachineLoad
{
    public static double? Read() => File.Exists("/proc/loadavg")
        ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture)
        : null;
}
