namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>A value whose <c>repr</c> is not its <c>str</c>, as that of a date.</summary>
internal interface IPyRepr : IPyTyped
{
    string Repr { get; }
}
