using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Graph;

/// <summary>What an exposure has that other nodes have not.</summary>
internal sealed record ExposureProperties(string Type, PyDict Owner, string? Label, string? Maturity, string? Url);
