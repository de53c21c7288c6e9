namespace Recoup.Lakehouse.Dbt.Jinja.Context;

/// <summary>What dbt's base context asks of the run: where vars, environment, time and the log come from.</summary>
internal sealed class DbtContextOptions
{
    public required TimeProvider Clock { get; init; }

    /// <summary>The vars of the command line, and of the project where the caller merges them.</summary>
    public IReadOnlyDictionary<string, object?> Variables { get; init; } = new Dictionary<string, object?>();

    /// <summary>An environment variable, or null where it is not set.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>Hears what <c>log</c> (info says whether the console shows it) and <c>print</c> are given.</summary>
    public Action<string, bool> Log { get; init; } = (_, _) => { };

    public string InvocationId { get; init; } = "";

    public DateTimeOffset RunStartedAt { get; init; }

    /// <summary>The flags by their upper case names, such as <c>FULL_REFRESH</c>.</summary>
    public IReadOnlyDictionary<string, object?> Flags { get; init; } = new Dictionary<string, object?>();
}
