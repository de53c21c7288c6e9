namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>A value that Python orders among its like.</summary>
internal interface IPyOrdered : IPyTyped
{
    /// <summary>Null where the two cannot be compared.</summary>
    int? CompareTo(IPyOrdered other);
}
