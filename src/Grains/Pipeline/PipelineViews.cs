namespace Recoup.Pipeline;

internal static class PipelineViews
{
    public static PipelineStatus ToStatus(this PipelineState state, string cron) => new()
    {
        Cron = cron,
        LastSlot = state.LastSlot,
        Current = state.Current,
        QueuedNumber = state.QueuedNumber(),
        History = state.History,
        Readings = state.Readings,
    };
}
