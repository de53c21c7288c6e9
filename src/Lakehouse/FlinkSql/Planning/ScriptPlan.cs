using Recoup.Lakehouse.FlinkSql.Binding;
using Recoup.Lakehouse.FlinkSql.Syntax;

namespace Recoup.Lakehouse.FlinkSql.Planning;

/// <summary>One INSERT: where to, and which columns in which order.</summary>
/// <param name="Target">Catalog, database and table as written.</param>
/// <param name="Columns">Names of the target's columns; empty when the INSERT names none.</param>
public sealed record PlannedInsert(IReadOnlyList<string> Target, IReadOnlyList<string> Columns)
{
    /// <summary>The Flink types of the columns, as text.</summary>
    public required IReadOnlyList<string> ColumnTypes { get; init; }

    internal string Sql { get; init; } = string.Empty;
}

/// <summary>
/// A script made ready to run: its source, its inserts, and the SQL of each. Made once; a batch only runs it.
/// </summary>
public sealed class ScriptPlan
{
    private ScriptPlan(ScriptBinder binder, StatementSet set, string script)
    {
        File = set.At.File;
        Text = script;
        Settings = binder.Settings;
        Catalogs = binder.Catalogs;
        Inserts = [.. set.Inserts.Select(binder.BindInsert)];
        Source = binder.Source ?? throw new FlinkSqlException(set.At, "no insert reads from a Kafka table", "Create one with 'connector' = 'kafka' and select from it");
        Shared = binder.Shared;
        Kernels = binder.Kernels;
        UnguardedCasts = binder.UnguardedCasts;
        Clock = binder.Clock;
    }

    public string File { get; }

    /// <summary>The script as it was read.</summary>
    public string Text { get; }

    public KafkaSource Source { get; }

    public IReadOnlyList<PlannedInsert> Inserts { get; }

    /// <summary>What SET set.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>The options of each catalog by its name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Catalogs { get; }

    /// <summary>Views that more than one reader needs, in the order in which they are made: each is computed once a batch.</summary>
    internal IReadOnlyList<SharedView> Shared { get; }

    internal KernelCatalog Kernels { get; }

    internal IReadOnlyList<CastExpression> UnguardedCasts { get; }

    internal BatchClock Clock { get; }

    /// <param name="file">The name that errors carry.</param>
    /// <param name="script">The text of the script.</param>
    /// <exception cref="FlinkSqlException">The script is not in the shared subset.</exception>
    public static ScriptPlan Compile(string file, string script)
    {
        var parsed = ScriptParser.Parse(file, script);
        var binder = new ScriptBinder(parsed);
        return new ScriptPlan(binder, ScriptBinder.FindStatementSet(parsed), script);
    }

    /// <summary>The same plan with kernels and a clock of its own: an engine for each thread needs one.</summary>
    internal ScriptPlan Again() => Compile(File, Text);
}

internal sealed record SharedView(string TableName, string Sql);
