using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Parsing;

namespace Recoup.Lakehouse.Dbt.Context;

/// <summary>What a node's template asked for while it was parsed.</summary>
internal sealed class NodeCapture
{
    public PyDict Config { get; private set; } = [];

    public List<RefCall> Refs { get; } = [];

    public List<(string Source, string Table)> Sources { get; } = [];

    public void AddConfig(PyDict call) => Config = call.Over(Config);

    public void AddRef(RefCall call)
    {
        if (!Refs.Contains(call))
        {
            Refs.Add(call);
        }
    }

    public void AddSource(string source, string table)
    {
        if (!Sources.Contains((source, table)))
        {
            Sources.Add((source, table));
        }
    }
}
