using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Recoup.Lakehouse.FlinkSql.Syntax;

namespace Recoup.Lakehouse.FlinkSql.Patterns;

/// <summary>
/// Finds what a Java pattern finds. Most texts are ASCII in one line: these are searched by a simpler pattern, without decoding.
/// </summary>
internal sealed class JavaMatcher
{
    private const int LongestOnStack = 512;

    private static readonly SearchValues<byte> OneLineAscii = SearchValues.Create(
        [.. Enumerable.Range(0, 0x80).Where(code => code is not '\n' and not '\r').Select(code => (byte)code)]);

    /// <summary>One pattern stands in many places of a script, and compiling it costs milliseconds.</summary>
    private static readonly ConcurrentDictionary<string, JavaMatcher?> Compiled = new(StringComparer.Ordinal);

    private readonly Lazy<Regex> exact;
    private readonly Lazy<Regex> ascii;
    private readonly Lazy<Regex> asciiFind;

    private JavaMatcher(JavaPattern pattern)
    {
        const RegexOptions Options = RegexOptions.Compiled | RegexOptions.CultureInvariant;
        exact = new Lazy<Regex>(() => new Regex(pattern.Exact, Options));
        ascii = new Lazy<Regex>(() => new Regex(pattern.Ascii, Options));
        asciiFind = pattern.HasBackreference ? ascii : new Lazy<Regex>(() => new Regex(pattern.Ascii, Options | RegexOptions.ExplicitCapture));
        Groups = pattern.Groups;
    }

    public int Groups { get; }

    /// <summary>Null when Java refuses the pattern.</summary>
    /// <exception cref="FlinkSqlException">The pattern is beyond the shared subset.</exception>
    public static JavaMatcher? Compile(string pattern, SourcePosition at) =>
        Compiled.GetOrAdd(pattern, text => JavaPattern.Parse(text, at) is { } parsed ? new JavaMatcher(parsed) : null);

    public bool IsFound(ReadOnlySpan<byte> text)
    {
        if (text.ContainsAnyExcept(OneLineAscii))
        {
            return exact.Value.IsMatch(Encoding.UTF8.GetString(text));
        }

        char[]? rented = null;
        var letters = text.Length <= LongestOnStack ? stackalloc char[LongestOnStack] : rented = ArrayPool<char>.Shared.Rent(text.Length);
        Encoding.Latin1.GetChars(text, letters);
        var isFound = asciiFind.Value.IsMatch(letters[..text.Length]);
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        return isFound;
    }

    public Match Match(ReadOnlySpan<byte> text) => Choose(text).Match(Encoding.UTF8.GetString(text));

    public IEnumerable<Match> Matches(ReadOnlySpan<byte> text) => Choose(text).Matches(Encoding.UTF8.GetString(text));

    /// <summary>Every match replaced by the text as it is: Flink has no references to groups here.</summary>
    public string Replace(ReadOnlySpan<byte> text, string replacement) => Choose(text).Replace(Encoding.UTF8.GetString(text), _ => replacement);

    private Regex Choose(ReadOnlySpan<byte> text) => text.ContainsAnyExcept(OneLineAscii) ? exact.Value : ascii.Value;
}
