using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>A node before its template was rendered, with the entry of the schema file that describes it.</summary>
/// <param name="Patch">The rendered <c>config</c> of that entry.</param>
/// <param name="UnrenderedPatch">The same as written.</param>
/// <param name="Template">What is rendered to find what the node reads; <see langword="null"/> for what has no template.</param>
internal sealed record NodeDraft(DbtNode Node, PyDict? Patch, PyDict? UnrenderedPatch, string? Template);
