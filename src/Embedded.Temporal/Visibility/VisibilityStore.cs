using System.Globalization;
using Recoup.Embedded.Temporal.Engine;
using Recoup.Embedded.Temporal.Runs;
using Recoup.Embedded.Temporal.Storage;
using Temporalio.Api.Workflow.V1;

namespace Recoup.Embedded.Temporal.Visibility;

/// <summary>Lists and counts runs. The order is fixed: open runs first, then the last closed, then the last started.</summary>
internal sealed class VisibilityStore(Store store, SearchAttributeTypes types)
{
    private const string Columns = "SELECT workflow_id, run_id, workflow_type, task_queue, status, started_at, execution_at, closed_at, history_length, history_bytes, memo, search_attributes, close_order, run_key FROM runs";

    public (List<WorkflowExecutionInfo> Runs, ListToken? Next) List(string ns, Query query, int pageSize, ListToken? after)
    {
        var (where, parameters) = Where(ns, query);
        if (after is not null)
        {
            where += string.Create(CultureInfo.InvariantCulture, $" AND (close_order, started_at, run_key) < (${parameters.Count}, ${parameters.Count + 1}, ${parameters.Count + 2})");
            parameters.AddRange([after.CloseOrder, after.StartedAt, after.RunKey]);
        }

        var sql = string.Create(CultureInfo.InvariantCulture, $"{Columns} WHERE {where} ORDER BY close_order DESC, started_at DESC, run_key DESC LIMIT {pageSize + 1}");
        var rows = store.Query(sql, row => (Info: Read(row), Token: new ListToken(row.GetInt64(12), row.GetInt64(5), row.GetInt64(13))), [.. parameters]);
        var more = rows.Count > pageSize;
        return ([.. rows.Take(pageSize).Select(row => row.Info)], more ? rows[pageSize - 1].Token : null);
    }

    public long Count(string ns, Query query)
    {
        var (where, parameters) = Where(ns, query);
        return store.Query($"SELECT count(*) FROM runs WHERE {where}", row => row.GetInt64(0), [.. parameters])[0];
    }

    public List<(WorkflowExecutionStatus Status, long Count)> CountByStatus(string ns, Query query)
    {
        var (where, parameters) = Where(ns, query);
        return store.Query($"SELECT status, count(*) FROM runs WHERE {where} GROUP BY status ORDER BY status", row => ((WorkflowExecutionStatus)row.GetInt32(0), row.GetInt64(1)), [.. parameters]);
    }

    private (string Where, List<object> Parameters) Where(string ns, Query query)
    {
        var parameters = new List<object> { ns };
        if (query.Where is null)
        {
            return ("namespace = $0", parameters);
        }

        var translation = new SqlTranslation(types, firstParameter: 1);
        var condition = translation.Translate(query.Where);
        parameters.AddRange(translation.Parameters);
        return ($"namespace = $0 AND ({condition})", parameters);
    }

    private static WorkflowExecutionInfo Read(Microsoft.Data.Sqlite.SqliteDataReader row)
    {
        static DateTime At(long ticks) => new(ticks, DateTimeKind.Utc);
        var execution = new WorkflowExecution { WorkflowId = row.GetString(0), RunId = row.GetString(1) };
        var isClosed = !row.IsDBNull(7);
        var executionAt = At(row.GetInt64(6));
        return new()
        {
            Execution = execution,
            RootExecution = execution,
            Type = new() { Name = row.GetString(2) },
            TaskQueue = row.GetString(3),
            Status = (WorkflowExecutionStatus)row.GetInt32(4),
            StartTime = At(row.GetInt64(5)).Proto(),
            ExecutionTime = executionAt.Proto(),
            CloseTime = isClosed ? At(row.GetInt64(7)).Proto() : null,
            ExecutionDuration = isClosed ? (At(row.GetInt64(7)) - executionAt).Proto() : null,
            HistoryLength = isClosed ? row.GetInt64(8) : 0,
            HistorySizeBytes = isClosed ? row.GetInt64(9) : 0,
            Memo = row.IsDBNull(10) ? new Memo() : Memo.Parser.ParseFrom((byte[])row[10]),
            SearchAttributes = row.IsDBNull(11) ? new SearchAttributes() : SearchAttributes.Parser.ParseFrom((byte[])row[11]),
        };
    }
}
