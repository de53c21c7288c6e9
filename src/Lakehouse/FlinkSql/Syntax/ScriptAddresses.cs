using System.Text;

namespace Recoup.Lakehouse.FlinkSql.Syntax;

/// <summary>A value of an option that a submitter put in the place of the script's.</summary>
public sealed record AddressChange(SourcePosition At, string Option, string From, string To);

/// <summary>
/// Puts a submitter's addresses into a script: values of the options of connectors and catalogs and of checkpoint settings, and
/// nothing else. The scripts name services (<c>kafka:9092</c>, <c>http://catalog:8181</c>), so that they run unchanged where
/// these names are known.
/// </summary>
public static class ScriptAddresses
{
    /// <param name="script">The text of the script.</param>
    /// <param name="values">New values by option, such as <c>properties.bootstrap.servers</c>, <c>uri</c> or <c>execution.checkpointing.dir</c>.</param>
    /// <returns>The script with the new values, and what was changed, to be told.</returns>
    /// <exception cref="FlinkSqlException">The script cannot be cut into words, or an option is no address.</exception>
    public static (string Script, IReadOnlyList<AddressChange> Changes) Substitute(string file, string script, IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(script);
        ArgumentNullException.ThrowIfNull(values);
        var tokens = Lexer.Read(file, script);
        var changes = new List<AddressChange>();
        var lines = LineStarts(script);
        var result = new StringBuilder(script);
        foreach (var index in OptionValues(tokens).Reverse())
        {
            var (option, value) = (tokens[index - 2], tokens[index]);
            if (values.TryGetValue(option.Text, out var replacement) && replacement != value.Text)
            {
                var start = lines[value.At.Line - 1] + value.At.Column - 1;
                var length = value.Text.Replace("'", "''", StringComparison.Ordinal).Length + 2;
                result.Remove(start, length).Insert(start, $"'{replacement.Replace("'", "''", StringComparison.Ordinal)}'");
                changes.Add(new AddressChange(value.At, option.Text, value.Text, replacement));
            }
        }

        changes.Reverse();
        return (result.ToString(), changes);
    }

    /// <summary>Where values of options stand: in CREATE CATALOG and CREATE TABLE, and in SET of a checkpoint or state setting.</summary>
    private static IEnumerable<int> OptionValues(IReadOnlyList<Token> tokens)
    {
        var statement = 0;
        for (var index = 2; index < tokens.Count; index++)
        {
            statement = tokens[index - 2].IsSymbol(";") ? index - 1 : statement;
            if (tokens[index].Kind == TokenKind.Text && tokens[index - 1].IsSymbol("=") && tokens[index - 2].Kind == TokenKind.Text
                && HoldsAddresses(tokens, statement, tokens[index - 2].Text))
            {
                yield return index;
            }
        }
    }

    private static bool HoldsAddresses(IReadOnlyList<Token> tokens, int statement, string option)
    {
        if (tokens[statement].IsWord("SET"))
        {
            return option.StartsWith("execution.checkpointing.", StringComparison.Ordinal) || option.StartsWith("execution.state-recovery.", StringComparison.Ordinal)
                || option.StartsWith("state.", StringComparison.Ordinal);
        }

        var kind = tokens[statement + 1].IsWord("TEMPORARY") ? tokens[statement + 2] : tokens[statement + 1];
        return tokens[statement].IsWord("CREATE") && (kind.IsWord("CATALOG") || kind.IsWord("TABLE"));
    }

    private static List<int> LineStarts(string script)
    {
        var starts = new List<int> { 0 };
        for (var index = 0; index < script.Length; index++)
        {
            if (script[index] == '\n')
            {
                starts.Add(index + 1);
            }
        }

        return starts;
    }
}
