using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Formatting;

/// <summary>A value that reads format specifications in its own way, as a date does.</summary>
internal interface IPyFormattable : IPyTyped
{
    string Format(string spec);
}
