namespace Recoup.Silo.Http.WorkflowPages;

/// <summary>A page that has nothing to show and says why, a paragraph each.</summary>
public sealed record PageMessage(string Title, IReadOnlyList<string> Paragraphs);
