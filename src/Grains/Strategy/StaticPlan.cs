using System.Globalization;

namespace Recoup.Strategy;

/// <summary>When retries are due without a model: the table's delay first, then fixed days after the first decline. No strategy is later than this.</summary>
internal sealed class StaticPlan
{
    private readonly TimeSpan[] days;
    private readonly int retriesMax;
    private readonly TimeSpan window;

    public StaticPlan(StrategyOptions options)
    {
        days = options.PlanDays.Split(',').Select(day => TimeSpan.FromDays(int.Parse(day, CultureInfo.InvariantCulture))).Order().ToArray();
        retriesMax = options.RetriesMax;
        window = TimeSpan.FromDays(options.WindowDays);
    }

    public int RetriesMax => retriesMax;

    /// <summary>The last moment at which the payment may be charged.</summary>
    public DateTimeOffset End(RetryContext context) => context.FirstDeclineAt + window;

    /// <summary>When the next retry is due, after now; null: the plan is over.</summary>
    /// <param name="context">The payment.</param>
    /// <param name="tableDelay">The baseline's delay before the first retry, counted from the first decline.</param>
    public DateTimeOffset? Next(RetryContext context, TimeSpan tableDelay)
    {
        if (context.Retries >= retriesMax)
        {
            return null;
        }

        if (context.Retries == 0 && context.FirstDeclineAt + tableDelay > context.Now)
        {
            return Within(context, context.FirstDeclineAt + tableDelay);
        }

        // Retry n + 1 has the n-th day, or a later one where a rule has held the payment back: days gone by are not made up for.
        for (var i = Math.Max(context.Retries - 1, 0); i < days.Length; i++)
        {
            if (context.FirstDeclineAt + days[i] > context.Now)
            {
                return Within(context, context.FirstDeclineAt + days[i]);
            }
        }

        return null;
    }

    private DateTimeOffset? Within(RetryContext context, DateTimeOffset at) => at <= End(context) ? at : null;
}
