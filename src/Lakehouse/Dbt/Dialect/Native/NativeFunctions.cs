using Recoup.Lakehouse.FlinkSql.Native;

namespace Recoup.Lakehouse.Dbt.Dialect.Native;

/// <summary>Functions of our own, for answers that no expression of DuckDB gives.</summary>
internal static class NativeFunctions
{
    public static IEnumerable<ScalarKernel> All => [.. ArithmeticFunctions.All, .. CastFunctions.All, .. TimeFunctions.All(), .. TextFunctions.All];
}
