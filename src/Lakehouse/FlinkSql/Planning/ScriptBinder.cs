using Recoup.Lakehouse.FlinkSql.Binding;
using Recoup.Lakehouse.FlinkSql.Syntax;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Planning;

/// <summary>
/// Goes through a script and binds what its inserts need. A view that is mentioned once becomes part of its reader; one that
/// is mentioned more often becomes a table of the batch.
/// </summary>
internal sealed class ScriptBinder
{
    private readonly BindingContext binding;
    private readonly Dictionary<string, CreateTable> tables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CreateView> views = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Relation> bound = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> settings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> catalogs = new(StringComparer.Ordinal);
    private readonly List<SharedView> shared = [];
    private readonly HashSet<string> binds = new(StringComparer.Ordinal);
    private readonly MentionCounter mentions;

    public ScriptBinder(Script script)
    {
        binding = new BindingContext(Kernels, Clock);
        foreach (var statement in script.Statements)
        {
            Declare(statement);
        }

        CheckSettings(script);
        mentions = new MentionCounter(script, views);
    }

    public KernelCatalog Kernels { get; } = new();

    public BatchClock Clock { get; } = new();

    public IReadOnlyList<CastExpression> UnguardedCasts => binding.UnguardedCasts;

    public KafkaSource? Source { get; private set; }

    public IReadOnlyDictionary<string, string> Settings => settings;

    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Catalogs => catalogs;

    public IReadOnlyList<SharedView> Shared => shared;

    public static StatementSet FindStatementSet(Script script)
    {
        var sets = script.Statements.OfType<StatementSet>()
            .Concat(script.Statements.OfType<InsertStatement>().Select(insert => new StatementSet([insert], insert.At))).ToList();
        return sets.Count switch
        {
            1 => sets[0],
            0 => throw new FlinkSqlException(new SourcePosition(script.File, 1, 1), "the script inserts nothing", "Add EXECUTE STATEMENT SET BEGIN ... END"),
            _ => throw new FlinkSqlException(sets[1].At, "a second job begins here: its offsets would be its own", "Put all inserts into one statement set"),
        };
    }

    public PlannedInsert BindInsert(InsertStatement insert)
    {
        if (insert.Target.Parts.Count != 3 || !catalogs.ContainsKey(insert.Target.Parts[0]))
        {
            throw new FlinkSqlException(insert.Target.At, $"{insert.Target} is no table of a catalog that the script creates", "Write catalog.database.table");
        }

        var relation = new QueryBinder(binding, Find).Bind(insert.Query);
        var refused = relation.Columns.FirstOrDefault(column => column.Refusal is not null);
        if (refused is not null)
        {
            throw new FlinkSqlException(insert.Query.At, $"the column {refused.Name} is inserted, but {refused.Refusal}", "Name the columns instead of *");
        }

        if (insert.Columns.Count > 0 && insert.Columns.Count != relation.Columns.Count)
        {
            throw new FlinkSqlException(insert.At, $"{insert.Columns.Count} columns are inserted into and {relation.Columns.Count} are selected", "Select one value for each column");
        }

        var names = insert.Columns.Count > 0 ? insert.Columns : [.. relation.Columns.Select(column => column.Name)];
        var list = relation.Columns.Select((column, index) => $"{column.Value.Sql} AS {PhysicalTypes.Quote(names[index])}").Prepend(Relation.RecordNumber);
        return new PlannedInsert(insert.Target.Parts, names)
        {
            ColumnTypes = [.. relation.Columns.Select(column => column.Value.Type.ToString())],
            Sql = $"SELECT {string.Join(", ", list)} FROM ({relation.Sql}) AS t",
        };
    }

    private void Declare(Statement statement)
    {
        switch (statement)
        {
            case SetStatement set:
                settings[set.Key] = set.Value;
                break;
            case CreateCatalog catalog:
                catalogs[catalog.Name] = catalog.Options.ToDictionary(option => option.Key, option => option.Value, StringComparer.Ordinal);
                break;
            case CreateTable table when !tables.TryAdd(table.Name.Last, table):
                throw new FlinkSqlException(table.At, $"the table {table.Name} is created twice", "Keep one");
            case CreateView view when tables.ContainsKey(view.Name.Last) || !views.TryAdd(view.Name.Last, view):
                throw new FlinkSqlException(view.At, $"the name {view.Name} is taken", "Choose another");
        }
    }

    private void CheckSettings(Script script)
    {
        foreach (var set in script.Statements.OfType<SetStatement>())
        {
            var wanted = set.Key switch
            {
                "table.local-time-zone" => "UTC",
                "execution.runtime-mode" => "streaming",
                "execution.checkpointing.mode" => "EXACTLY_ONCE",
                _ => set.Value,
            };
            if (!string.Equals(wanted, set.Value, StringComparison.OrdinalIgnoreCase))
            {
                throw new FlinkSqlException(set.At, $"'{set.Key}' = '{set.Value}' makes Flink do what is not done here", $"Write '{wanted}'");
            }
        }

        if (!settings.ContainsKey("table.local-time-zone"))
        {
            throw new FlinkSqlException(new SourcePosition(script.File, 1, 1), "the session's zone is that of the machine", "Write SET 'table.local-time-zone' = 'UTC';");
        }
    }

    private Relation Find(ObjectName name)
    {
        if (name.Parts.Count == 1 && views.TryGetValue(name.Last, out var view))
        {
            return BindView(view);
        }

        if (name.Parts.Count == 1 && tables.TryGetValue(name.Last, out var table))
        {
            return BindSource(table, name.At);
        }

        throw new FlinkSqlException(name.At, $"there is no table or view {name}", $"Known are {string.Join(", ", tables.Keys.Concat(views.Keys))}");
    }

    private Relation BindView(CreateView view)
    {
        var name = view.Name.Last;
        if (bound.TryGetValue(name, out var known))
        {
            return known;
        }

        if (!binds.Add(name))
        {
            throw new FlinkSqlException(view.At, $"the view {name} reads itself", "Break the circle");
        }

        var relation = QueryBinder.Rename(new QueryBinder(binding, Find).Bind(view.Query), view.Columns, view.At);
        if (mentions.Of(name) > 1)
        {
            var table = $"flink_shared_{shared.Count}";
            shared.Add(new SharedView(table, relation.Sql));
            relation = relation with { Sql = $"SELECT * FROM {table}" };
        }

        bound[name] = relation;
        return relation;
    }

    private Relation BindSource(CreateTable table, SourcePosition at)
    {
        if (bound.TryGetValue(table.Name.Last, out var known))
        {
            return known;
        }

        if (Source is not null)
        {
            throw new FlinkSqlException(at, $"{table.Name} is a second source beside {Source.Name}", "One script reads one topic");
        }

        var (source, relation) = KafkaSource.Bind(binding, table);
        Source = source;
        bound[table.Name.Last] = relation;
        return relation;
    }
}
