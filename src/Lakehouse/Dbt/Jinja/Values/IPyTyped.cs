namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>A value of a Python type that is not one of the built-in ones, such as <c>datetime.date</c>.</summary>
internal interface IPyTyped
{
    string TypeName { get; }
}
