using System.Text.RegularExpressions;

namespace Recoup.Lakehouse.Query.Trino;

/// <summary>
/// Lets only statements through that read. Trino takes one statement at a time and its first word tells its kind; EXPLAIN is looked through, because
/// EXPLAIN ANALYZE executes. A user with read rights only, set up in Trino, is the second line.
/// </summary>
internal static partial class TrinoStatement
{
    public static void RequireRead(string sql)
    {
        if (!Reads().IsMatch(sql))
        {
            throw QueryException.Refused("Only one statement that reads is allowed: SELECT, WITH, VALUES, TABLE, DESCRIBE, SHOW or EXPLAIN of one of them.");
        }
    }

    [GeneratedRegex(
        @"^(?>(?:\s|--[^\r\n]*(?:[\r\n]|$)|/\*.*?\*/|\()*)(?>EXPLAIN\s+(?>ANALYZE\s+)?(?>VERBOSE\s+)?(?>\([^()]*\)\s*)?)?(?>(?:\s|--[^\r\n]*(?:[\r\n]|$)|/\*.*?\*/|\()*)(?:SELECT|WITH|VALUES|TABLE|DESCRIBE|DESC|SHOW)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Reads();
}
