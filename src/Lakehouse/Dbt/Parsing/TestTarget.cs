namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>What a generic test stands under.</summary>
/// <param name="TestName">As it goes into the test's name: a source's is <c>source_table</c>.</param>
/// <param name="Reference">How the test reads it: <c>ref('x')</c> or <c>source('a', 'b')</c>.</param>
/// <param name="AttachedNode">Unique id of the node; none for a source.</param>
/// <param name="FileKeyName">Such as <c>models.charges</c>.</param>
/// <param name="File">The schema file.</param>
/// <param name="Folders">The schema file's folders, which are in the test's qualified name.</param>
internal sealed record TestTarget(
    string TestName, string Reference, string? AttachedNode, string FileKeyName, string File, IReadOnlyList<string> Folders, bool IsSource = false);
