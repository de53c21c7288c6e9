namespace Recoup.Lakehouse.Dbt.Jinja.Statements;

/// <summary>Which of <c>varargs</c>, <c>kwargs</c> and <c>caller</c> a macro reads, and so accepts.</summary>
internal sealed record MacroNeeds(bool Positional, bool Named, bool Caller);
