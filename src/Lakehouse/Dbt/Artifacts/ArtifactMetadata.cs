using System.Globalization;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Running;

namespace Recoup.Lakehouse.Dbt.Artifacts;

/// <summary>The head of an artifact.</summary>
internal static class ArtifactMetadata
{
    /// <summary>The version of dbt whose formats these are.</summary>
    public const string DbtVersion = "1.11.16";

    public static PyDict Of(DbtSession session, string schema) => new()
    {
        { "dbt_schema_version", $"https://schemas.getdbt.com/dbt/{schema}.json" },
        { "dbt_version", DbtVersion },
        { "generated_at", Time(session.Base.Clock.GetUtcNow()) },
        { "invocation_id", session.Base.InvocationId },
        { "env", new PyDict() },
    };

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
