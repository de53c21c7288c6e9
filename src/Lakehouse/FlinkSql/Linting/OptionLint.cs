using Recoup.Lakehouse.FlinkSql.Syntax;

namespace Recoup.Lakehouse.FlinkSql.Linting;

/// <summary>What a script must say so that the job on Flink does as this process does.</summary>
internal static class OptionLint
{
    public static IEnumerable<LintFinding> Check(Script script)
    {
        var settings = script.Statements.OfType<SetStatement>().ToList();
        if (settings.All(set => set.Key != "execution.checkpointing.interval"))
        {
            yield return new LintFinding(
                script.File, 1, 1, "there is no checkpoint interval: Flink commits to Iceberg at checkpoints only, so nothing would ever be visible",
                "Write SET 'execution.checkpointing.interval' = '10 s';");
        }

        foreach (var table in script.Statements.OfType<CreateTable>().Where(table => table.Options.Any(option => option is { Key: "connector", Value: "kafka" })))
        {
            if (table.Watermark is null)
            {
                yield return new LintFinding(table.At.File, table.At.Line, table.At.Column, $"{table.Name} has no watermark", "Add WATERMARK FOR kafka_timestamp AS kafka_timestamp - INTERVAL '5' SECOND");
            }

            if (table.Options.All(option => option.Key != "properties.isolation.level"))
            {
                yield return new LintFinding(
                    table.At.File, table.At.Line, table.At.Column, $"{table.Name} would read records of transactions that were never committed", "Write 'properties.isolation.level' = 'read_committed'");
            }
        }
    }
}
