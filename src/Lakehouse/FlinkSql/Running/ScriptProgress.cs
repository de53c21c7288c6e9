namespace Recoup.Lakehouse.FlinkSql.Running;

/// <summary>How far a script has come.</summary>
/// <param name="Records">Records committed since this process began.</param>
/// <param name="Next">For each partition the offset of the first record that is not committed.</param>
/// <param name="Lag">Records that wait for their commit, in the topic or here, as far as it is known.</param>
/// <param name="Failure">Why the last batch was given up; null once one was committed again.</param>
public sealed record ScriptProgress(long Records, IReadOnlyDictionary<int, long> Next, long Lag, string? Failure);
