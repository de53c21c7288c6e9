using System.Globalization;
using System.Text;
using DuckDB.NET.Data;
using Recoup.Lakehouse.FlinkSql.Native;

namespace Recoup.Lakehouse.FlinkSql.Binding;

/// <summary>The functions of our own that a plan uses; each is registered once.</summary>
internal sealed class KernelCatalog
{
    private readonly Dictionary<string, (string SqlName, ScalarKernel Kernel)> kernels = new(StringComparer.Ordinal);

    /// <summary>The name under which DuckDB knows this function: the same for the same name and types.</summary>
    public string Use(ScalarKernel kernel)
    {
        var key = $"{kernel.Name}({string.Join(',', kernel.Parameters)}):{kernel.Result}";
        if (!kernels.TryGetValue(key, out var known))
        {
            known = ($"flink_{Plain(kernel.Name)}_{kernels.Count.ToString(CultureInfo.InvariantCulture)}", kernel);
            kernels.Add(key, known);
        }

        return known.SqlName;
    }

    /// <summary>Registers all functions but the first ones, which the database has already.</summary>
    /// <returns>How many the database has now.</returns>
    public int Register(DuckDBConnection connection, int known = 0)
    {
        foreach (var (sqlName, kernel) in kernels.Values.Skip(known))
        {
            KernelRegistration.Register(connection, kernel with { Name = sqlName });
        }

        return kernels.Count;
    }

    private static string Plain(string name)
    {
        var plain = new StringBuilder();
        foreach (var letter in name)
        {
            if (plain.Length == 24)
            {
                break;
            }

            plain.Append(char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '_');
        }

        return plain.ToString();
    }
}
