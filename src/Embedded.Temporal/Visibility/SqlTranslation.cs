using System.Globalization;
using System.Text;

namespace Recoup.Embedded.Temporal.Visibility;

/// <summary>Turns a query's conditions into SQL over the table of runs. All values become parameters.</summary>
internal sealed class SqlTranslation(SearchAttributeTypes types, int firstParameter)
{
    private readonly StringBuilder sql = new();

    public List<object> Parameters { get; } = [];

    public string Translate(Condition condition)
    {
        Append(condition);
        return sql.ToString();
    }

    private void Append(Condition condition)
    {
        switch (condition)
        {
            case And and:
                Pair(and.Left, "AND", and.Right);
                break;
            case Or or:
                Pair(or.Left, "OR", or.Right);
                break;
            case Not not:
                sql.Append("NOT (");
                Append(not.Inner);
                sql.Append(')');
                break;
            case Comparison comparison:
                Append(comparison);
                break;
        }
    }

    private void Pair(Condition left, string word, Condition right)
    {
        sql.Append('(');
        Append(left);
        sql.Append(' ').Append(word).Append(' ');
        Append(right);
        sql.Append(')');
    }

    private void Append(Comparison comparison)
    {
        var column = comparison.Column;
        var type = SearchAttributeTypes.System.TryGetValue(column, out var system) ? system
            : types.SettableType(column) ?? throw Invalid($"column name '{column}' is not a valid search attribute");
        if (comparison.Operator is "is null" or "is not null")
        {
            sql.Append(Stored(column)).Append(comparison.Operator == "is null" ? " IS NULL" : " IS NOT NULL");
            return;
        }

        switch (type)
        {
            case IndexedValueType.KeywordList:
                AppendList(comparison);
                break;
            case IndexedValueType.Text:
                AppendText(comparison);
                break;
            default:
                AppendScalar(comparison, type);
                break;
        }
    }

    private void AppendScalar(Comparison comparison, IndexedValueType type)
    {
        var values = comparison.Values.Select(value => Value(comparison.Column, type, value)).ToArray();
        var column = Compared(comparison.Column);
        switch (comparison.Operator)
        {
            case "in" or "not in":
                sql.Append(column).Append(comparison.Operator == "in" ? " IN (" : " NOT IN (").AppendJoin(", ", values.Select(Parameter)).Append(')');
                break;
            case "between" or "not between":
                sql.Append('(').Append(column).Append(comparison.Operator == "between" ? " BETWEEN " : " NOT BETWEEN ").Append(Parameter(values[0])).Append(" AND ").Append(Parameter(values[1])).Append(')');
                break;
            case "starts_with" or "not starts_with" when type == IndexedValueType.Keyword:
                var prefix = Parameter(values[0]);
                sql.Append(CultureInfo.InvariantCulture, $"substr({column}, 1, length({prefix})) {(comparison.Operator == "starts_with" ? "=" : "!=")} {prefix}");
                break;
            case "starts_with" or "not starts_with":
                throw OperatorRefused(comparison);
            default:
                sql.Append(column).Append(' ').Append(comparison.Operator).Append(' ').Append(Parameter(values[0]));
                break;
        }
    }

    private void AppendList(Comparison comparison)
    {
        if (comparison.Operator is not ("=" or "!=" or "in" or "not in"))
        {
            throw OperatorRefused(comparison);
        }

        var values = comparison.Values.Select(value => Parameter(Value(comparison.Column, IndexedValueType.Keyword, value))).ToArray();
        var stored = Stored(comparison.Column);
        sql.Append(CultureInfo.InvariantCulture, $"({stored} IS NOT NULL AND {(comparison.Operator is "=" or "in" ? "" : "NOT ")}EXISTS (SELECT 1 FROM json_each({stored}) WHERE value IN ({string.Join(", ", values)})))");
    }

    private void AppendText(Comparison comparison)
    {
        if (comparison.Operator is not ("=" or "!=" or "in" or "not in"))
        {
            throw OperatorRefused(comparison);
        }

        var matches = comparison.Values.Select(value => $"{TextSearch.Function}({Stored(comparison.Column)}, {Parameter(Value(comparison.Column, IndexedValueType.Keyword, value))})");
        sql.Append(comparison.Operator is "=" or "in" ? "(" : "NOT (").AppendJoin(" OR ", matches).Append(')');
    }

    /// <summary>What a column is compared as: a run that is open closes after every other.</summary>
    private string Compared(string column) => column == "CloseTime" ? "close_order" : Stored(column);

    private string Stored(string column) => column switch
    {
        "WorkflowId" or "RootWorkflowId" => "workflow_id",
        "RunId" or "RootRunId" => "run_id",
        "WorkflowType" => "workflow_type",
        "TaskQueue" => "task_queue",
        "ExecutionStatus" => "status",
        "StartTime" => "started_at",
        "ExecutionTime" => "execution_at",
        "CloseTime" => "closed_at",
        "ExecutionDuration" => "((closed_at - execution_at) * 100)",
        "HistoryLength" => "iif(closed_at IS NULL, NULL, history_length)",
        "HistorySizeBytes" => "iif(closed_at IS NULL, NULL, history_bytes)",
        "ParentWorkflowId" or "ParentRunId" => "NULL",
        _ => $"json_extract(attributes, {Parameter($"$.\"{column}\"")})",
    };

    private string Parameter(object value)
    {
        Parameters.Add(value);
        return "$" + (firstParameter + Parameters.Count - 1).ToString(CultureInfo.InvariantCulture);
    }

    private static object Value(string column, IndexedValueType type, Literal literal) => column switch
    {
        "ExecutionStatus" => Status(literal),
        "ExecutionDuration" => DurationText.Nanoseconds(literal),
        _ => type switch
        {
            IndexedValueType.Datetime when SearchAttributeTypes.System.ContainsKey(column) => Time(literal).Ticks,
            IndexedValueType.Datetime => SearchAttributeValues.Asked(Time(literal)),
            IndexedValueType.Int => literal.Value is long whole ? whole : throw WrongType(column, type, literal),
            IndexedValueType.Double => literal.Value is long or double ? Convert.ToDouble(literal.Value, CultureInfo.InvariantCulture) : throw WrongType(column, type, literal),
            IndexedValueType.Bool => literal.Value is bool truth ? (truth ? 1L : 0L) : throw WrongType(column, type, literal),
            _ => literal.Value is string text ? text : throw WrongType(column, type, literal),
        },
    };

    private static long Status(Literal literal) => literal.Value switch
    {
        string name when !int.TryParse(name, out _) && Enum.TryParse<WorkflowExecutionStatus>(name, ignoreCase: false, out var status) && status != WorkflowExecutionStatus.Unspecified => (long)status,
        long number when Enum.IsDefined((WorkflowExecutionStatus)number) => number,
        _ => throw Invalid($"invalid ExecutionStatus value '{literal}'"),
    };

    private static DateTime Time(Literal literal) => literal.Value switch
    {
        string text when SearchAttributeValues.TryParseTime(text, out var at) => at,
        long nanoseconds => DateTime.UnixEpoch.AddTicks(nanoseconds / 100),
        _ => throw Invalid($"unable to parse datetime '{literal}'"),
    };

    private static InvalidQueryException OperatorRefused(Comparison comparison) =>
        Invalid($"invalid operator '{comparison.Operator}' in `{comparison.Column} {comparison.Operator} '{comparison.Values[0]}'`");

    private static InvalidQueryException WrongType(string column, IndexedValueType type, Literal literal) =>
        Invalid($"invalid value for search attribute {column} of type {type}: {literal}");

    private static InvalidQueryException Invalid(string problem) => new($"invalid expression: {problem}");
}
