using System.Collections.Concurrent;
using System.Collections.Frozen;
using Recoup.Embedded.Temporal.Runs;

namespace Recoup.Embedded.Temporal.Visibility;

/// <summary>The search attributes that there are: the system's own, and those that were registered.</summary>
internal sealed class SearchAttributeTypes(Limits limits) : ISearchAttributeRules
{
    /// <summary>Columns of every run; workers and clients cannot set them.</summary>
    public static readonly FrozenDictionary<string, IndexedValueType> System = new Dictionary<string, IndexedValueType>
    {
        ["WorkflowId"] = IndexedValueType.Keyword,
        ["RunId"] = IndexedValueType.Keyword,
        ["WorkflowType"] = IndexedValueType.Keyword,
        ["TaskQueue"] = IndexedValueType.Keyword,
        ["ExecutionStatus"] = IndexedValueType.Keyword,
        ["StartTime"] = IndexedValueType.Datetime,
        ["ExecutionTime"] = IndexedValueType.Datetime,
        ["CloseTime"] = IndexedValueType.Datetime,
        ["ExecutionDuration"] = IndexedValueType.Int,
        ["HistoryLength"] = IndexedValueType.Int,
        ["HistorySizeBytes"] = IndexedValueType.Int,
        ["RootWorkflowId"] = IndexedValueType.Keyword,
        ["RootRunId"] = IndexedValueType.Keyword,
        ["ParentWorkflowId"] = IndexedValueType.Keyword,
        ["ParentRunId"] = IndexedValueType.Keyword,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Known to every server without registration; the SDKs set them.</summary>
    public static readonly FrozenDictionary<string, IndexedValueType> Predefined = new Dictionary<string, IndexedValueType>
    {
        ["BatcherNamespace"] = IndexedValueType.Keyword,
        ["BatcherUser"] = IndexedValueType.Keyword,
        ["BinaryChecksums"] = IndexedValueType.KeywordList,
        ["BuildIds"] = IndexedValueType.KeywordList,
        ["TemporalChangeVersion"] = IndexedValueType.KeywordList,
        ["TemporalNamespaceDivision"] = IndexedValueType.Keyword,
        ["TemporalPauseInfo"] = IndexedValueType.KeywordList,
        ["TemporalScheduledById"] = IndexedValueType.Keyword,
        ["TemporalScheduledStartTime"] = IndexedValueType.Datetime,
        ["TemporalSchedulePaused"] = IndexedValueType.Bool,
        ["TemporalWorkerDeployment"] = IndexedValueType.Keyword,
        ["TemporalWorkerDeploymentVersion"] = IndexedValueType.Keyword,
        ["TemporalWorkflowVersioningBehavior"] = IndexedValueType.Keyword,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, IndexedValueType> custom = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, IndexedValueType> Custom => custom;

    public void Register(string name, IndexedValueType type) => custom[name] = type;

    public bool Unregister(string name) => custom.TryRemove(name, out _);

    /// <summary>The type of an attribute that a workflow may set; null if there is none of this name.</summary>
    public IndexedValueType? SettableType(string name) =>
        custom.TryGetValue(name, out var type) || Predefined.TryGetValue(name, out type) ? type : null;

    public string? Problem(SearchAttributes attributes)
    {
        foreach (var (name, payload) in attributes.IndexedFields)
        {
            if (System.ContainsKey(name))
            {
                return $"{name} attribute can't be set in SearchAttributes";
            }

            if (SettableType(name) is not { } type)
            {
                return $"Namespace default has no mapping defined for search attribute {name}";
            }

            if (!SearchAttributeValues.TryRead(payload, type, out _))
            {
                return $"invalid value for search attribute {name} of type {type}: {SearchAttributeValues.Shown(payload)}";
            }

            if (payload.Data.Length > limits.SearchAttributeBytesMax)
            {
                return $"search attribute {name} value size {payload.Data.Length} exceeds size limit {limits.SearchAttributeBytesMax}";
            }
        }

        var total = attributes.CalculateSize();
        return total > limits.SearchAttributesBytesMax ? $"total size of search attributes {total} exceeds size limit {limits.SearchAttributesBytesMax}" : null;
    }

    public SearchAttributes Typed(SearchAttributes attributes)
    {
        var typed = attributes.Clone();
        foreach (var (name, payload) in typed.IndexedFields)
        {
            payload.Metadata["type"] = ByteString.CopyFromUtf8(SettableType(name)!.Value.ToString());
        }

        return typed;
    }
}
