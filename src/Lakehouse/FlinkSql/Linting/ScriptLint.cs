using Recoup.Lakehouse.FlinkSql.Planning;
using Recoup.Lakehouse.FlinkSql.Syntax;

namespace Recoup.Lakehouse.FlinkSql.Linting;

/// <summary>
/// Says of a script whether Flink and this process give the same rows. A script that compiles has passed: every expression in
/// it has a rule of its own. On top stand the habits that keep values from failing the job and Flink's client from stopping.
/// </summary>
public static class ScriptLint
{
    /// <summary>Looks at every <c>*.sql</c> of a folder.</summary>
    public static IReadOnlyList<LintFinding> CheckFolder(string folder) =>
        [.. Directory.GetFiles(folder, "*.sql").Order(StringComparer.Ordinal).SelectMany(path => Check(Path.GetFileName(path), File.ReadAllText(path)))];

    /// <param name="file">The name that findings carry.</param>
    /// <param name="script">The text of the script.</param>
    /// <returns>What is wrong, in the order of the lines; nothing when the script is fine.</returns>
    public static IReadOnlyList<LintFinding> Check(string file, string script)
    {
        ArgumentNullException.ThrowIfNull(script);
        var findings = new List<LintFinding>(CommentsBehindStatements(file, script));
        try
        {
            var parsed = ScriptParser.Parse(file, script);
            findings.AddRange(OptionLint.Check(parsed));
            findings.AddRange(ScriptPlan.Compile(file, script).UnguardedCasts.Select(Describe));
        }
        catch (FlinkSqlException refusal)
        {
            findings.Add(new LintFinding(refusal.At.File, refusal.At.Line, refusal.At.Column, refusal.Reason, refusal.Remedy));
        }

        return [.. findings.OrderBy(finding => finding.Line).ThenBy(finding => finding.Column)];
    }

    /// <summary>
    /// CAST fails the whole job on the first bad value; TRY_CAST takes 12.7 for 12, yes for true and 30 February for the 28th.
    /// Within a branch of a CASE, or behind a WHERE, a condition has looked at the value first.
    /// </summary>
    private static LintFinding Describe(CastExpression cast) => new(
        cast.At.File,
        cast.At.Line,
        cast.At.Column,
        $"the {(cast.IsTry ? "TRY_CAST" : "CAST")} to {cast.Target.Name} is not guarded: {(cast.IsTry ? "it takes more texts than are meant" : "one bad value fails the job")}",
        "Put it into a CASE behind REGEXP");

    /// <summary>Flink's <c>sql-client -f</c> ends a script at a comment that stands behind a semicolon on the same line.</summary>
    private static IEnumerable<LintFinding> CommentsBehindStatements(string file, string script)
    {
        var lines = script.Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            var semicolon = lines[index].LastIndexOf(';');
            var comment = semicolon < 0 ? -1 : lines[index].IndexOf("--", semicolon, StringComparison.Ordinal);
            if (comment >= 0 && !lines[index][..semicolon].Contains("--", StringComparison.Ordinal))
            {
                yield return new LintFinding(file, index + 1, comment + 1, "a comment behind a semicolon ends the script in Flink's SQL client", "Put the comment above the statement");
            }
        }
    }
}
