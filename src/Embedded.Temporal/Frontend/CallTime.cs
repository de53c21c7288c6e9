using Grpc.Core;

namespace Recoup.Embedded.Temporal.Frontend;

internal static class CallTime
{
    private static readonly TimeSpan LongPollMax = TimeSpan.FromSeconds(60);

    /// <summary>The caller must have its answer before its own deadline.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    /// <summary>How long this call may wait for something to happen.</summary>
    public static TimeSpan Left(ServerCallContext call)
    {
        if (call.Deadline == DateTime.MaxValue)
        {
            return LongPollMax;
        }

        var left = call.Deadline - DateTime.UtcNow - Margin;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < LongPollMax ? left : LongPollMax;
    }
}
