using System.Diagnostics.CodeAnalysis;

namespace Recoup;

/// <summary>
/// Finds grains on the hot path. <c>GetGrain</c> reads an interface's attributes at every call, which was 6 % of a payment's CPU
/// (docs/BENCHMARKS.md); what they say of an interface never changes while a process runs, so it is asked once.
/// </summary>
internal static class GrainLookup
{
    /// <summary>The same reference as <c>GetGrain</c> gives.</summary>
    public static T Find<T>(this IGrainFactory grains, string key)
        where T : class, IGrainWithStringKey =>
        Known<T>.Kind is { } kind
            ? (T)grains.GetGrain(GrainId.Create(kind.Grain, key), kind.Interface)
            : Remember(grains.GetGrain<T>(key));

    /// <summary>The stateless worker of a kind: its key says nothing.</summary>
    public static T FindWorker<T>(this IGrainFactory grains)
        where T : class, IGrainWithIntegerKey =>
        Known<T>.Kind is { } kind
            ? (T)grains.GetGrain(GrainId.Create(kind.Grain, GrainIdKeyExtensions.CreateIntegerKey(0)), kind.Interface)
            : Remember(grains.GetGrain<T>(0));

    private static T Remember<T>(T found)
        where T : class, IGrain
    {
        if (found is GrainReference reference)
        {
            Known<T>.Kind = new GrainKind(reference.GrainId.Type, reference.InterfaceType);
        }

        return found;
    }

    private sealed record GrainKind(GrainType Grain, GrainInterfaceType Interface);

    private static class Known<T>
    {
        [SuppressMessage("Usage", "CA2211", Justification = "Private, and every write sets what any other would.")]
        public static GrainKind? Kind;
    }
}
