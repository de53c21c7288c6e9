using System.Text;

namespace Recoup.Lakehouse.Dbt.Dialect.Native;

/// <summary>Small and capital letters sign by sign, as Java's <c>Character</c> maps them: a sharp s stays one.</summary>
internal static class TrinoCase
{
    public static string Map(string text, Func<Rune, Rune> map)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            result.Append((rune.Value, map(new Rune('A')).Value) switch
            {
                // The Turkish i without and with its dot: .NET's invariant culture leaves them alone.
                (0x131, 'A') => new Rune('I'),
                (0x130, 'a') => new Rune('i'),
                _ => map(rune),
            });
        }

        return result.ToString();
    }
}
