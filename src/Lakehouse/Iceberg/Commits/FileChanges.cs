using Recoup.Lakehouse.Iceberg.Manifests;

namespace Recoup.Lakehouse.Iceberg.Commits;

/// <summary>The files that a snapshot adds and removes.</summary>
internal sealed class FileChanges
{
    public bool IsSnapshot { get; set; }

    public List<DataFile> Added { get; } = [];

    public HashSet<string> Removed { get; } = new(StringComparer.Ordinal);

    public bool RemovesAll { get; set; }

    public bool RemovesPartitionsOfAdded { get; set; }

    public bool IsReplacement { get; set; }

    /// <summary>The added files hold rows of the removed ones, so that no delete may come to those meanwhile.</summary>
    public bool CarriesRows { get; set; }

    public Dictionary<string, string> Summary { get; } = [];

    public bool Removes => RemovesAll || RemovesPartitionsOfAdded || Removed.Count > 0;

    public string Operation => IsReplacement ? "replace" : !Removes ? "append" : Added.Count is 0 ? "delete" : "overwrite";
}
