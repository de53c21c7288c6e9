using Recoup.Lakehouse.FlinkSql.Planning;

namespace Recoup.Silo.Lake.Scripts;

/// <summary>The validation scripts by the topic that each reads, for whoever runs one beside the running validation.</summary>
internal sealed class ScriptLibrary
{
    private readonly Lazy<Dictionary<string, (string File, string Text)>> byTopic;

    public ScriptLibrary()
        : this(LakeHosting.ScriptFolder)
    {
    }

    public ScriptLibrary(string folder) => byTopic = new(() => Read(folder));

    public IEnumerable<string> Topics => byTopic.Value.Keys.Order(StringComparer.Ordinal);

    public bool Has(string topic) => byTopic.Value.ContainsKey(topic);

    /// <summary>Made anew each time: what runs a plan changes it, and no two may run the same.</summary>
    public ScriptPlan Compile(string topic) => ScriptPlan.Compile(byTopic.Value[topic].File, byTopic.Value[topic].Text);

    private static Dictionary<string, (string File, string Text)> Read(string folder) => Directory.GetFiles(folder, "*.sql")
        .Select(path => (File: Path.GetFileName(path), Text: File.ReadAllText(path)))
        .ToDictionary(script => ScriptPlan.Compile(script.File, script.Text).Source.Topic, StringComparer.Ordinal);
}
