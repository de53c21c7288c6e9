using DuckDB.NET.Native;

namespace Recoup.Lakehouse.Query.DuckDb;

/// <summary>
/// Refuses by name the types whose values would be lost on the way: Arrow has no 128-bit unsigned integer, no bit string, and no time with an offset.
/// </summary>
internal static class ReturnableTypes
{
    public static void Require(DuckDBLogicalType type)
    {
        switch (NativeMethods.LogicalType.DuckDBGetTypeId(type))
        {
            case DuckDBType.List:
                RequireChild(NativeMethods.LogicalType.DuckDBListTypeChildType(type));
                break;
            case DuckDBType.Array:
                RequireChild(NativeMethods.LogicalType.DuckDBArrayTypeChildType(type));
                break;
            case DuckDBType.Map:
                RequireChild(NativeMethods.LogicalType.DuckDBMapTypeKeyType(type));
                RequireChild(NativeMethods.LogicalType.DuckDBMapTypeValueType(type));
                break;
            case DuckDBType.Struct:
                for (var index = 0L; index < NativeMethods.LogicalType.DuckDBStructTypeChildCount(type); index++)
                {
                    RequireChild(NativeMethods.LogicalType.DuckDBStructTypeChildType(type, index));
                }

                break;
            case var kind when !IsReturned(kind):
                throw QueryException.Refused($"Values of the type {kind.ToString().ToUpperInvariant()} cannot be returned: cast them to VARCHAR.");
        }
    }

    private static void RequireChild(DuckDBLogicalType child)
    {
        using (child)
        {
            Require(child);
        }
    }

    /// <summary>A type that a later DuckDB adds is refused until somebody has looked at what its values become.</summary>
    private static bool IsReturned(DuckDBType kind) => kind
        is DuckDBType.Boolean or DuckDBType.TinyInt or DuckDBType.SmallInt or DuckDBType.Integer or DuckDBType.BigInt or DuckDBType.HugeInt
        or DuckDBType.UnsignedTinyInt or DuckDBType.UnsignedSmallInt or DuckDBType.UnsignedInteger or DuckDBType.UnsignedBigInt
        or DuckDBType.Float or DuckDBType.Double or DuckDBType.Decimal or DuckDBType.Varchar or DuckDBType.Blob or DuckDBType.Uuid or DuckDBType.Enum
        or DuckDBType.Date or DuckDBType.Time or DuckDBType.Interval
        or DuckDBType.Timestamp or DuckDBType.TimestampS or DuckDBType.TimestampMs or DuckDBType.TimestampNs or DuckDBType.TimestampTz
        or DuckDBType.SqlNull;
}
