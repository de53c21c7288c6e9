namespace Recoup.Lakehouse.Dbt.Jinja.Statements;

/// <summary>A macro as it is written.</summary>
/// <param name="Name">As messages name it; null for the body of a call block.</param>
/// <param name="Needs">What its body reads besides its parameters.</param>
/// <param name="Line">Line of the tag that opens it.</param>
internal sealed record MacroBody(string? Name, Signature Signature, Block Body, MacroNeeds Needs, int Line);
