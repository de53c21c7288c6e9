using Recoup.Lakehouse.Dbt.Dialect;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Query;

namespace Recoup.Lakehouse.Dbt.Warehouses.Lake;

/// <summary>Makes the refusals of parser, dialect and tables the warehouse's.</summary>
internal static class LakeFailures
{
    public static async Task<T> TranslateAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (QueryException refused)
        {
            throw new WarehouseException(refused.Message, refused.Line, inner: refused);
        }
        catch (DialectException refused)
        {
            throw new WarehouseException(refused.Message, refused.Finding.Line, inner: refused);
        }
        catch (IcebergException refused)
        {
            throw new WarehouseException(refused.Message, inner: refused);
        }
    }
}
