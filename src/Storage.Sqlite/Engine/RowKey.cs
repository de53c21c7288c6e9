namespace Recoup.Storage.Sqlite.Engine;

/// <summary>Names one row: one state of one grain.</summary>
internal readonly record struct RowKey(string GrainType, string GrainKey, string StateName)
{
    public static RowKey Of(string stateName, GrainId grainId) => new(grainId.Type.ToString()!, grainId.Key.ToString()!, stateName);

    public override string ToString() => $"{StateName} of {GrainType}/{GrainKey}";

    /// <summary>Binds the three parts to parameters <paramref name="first"/> and the two behind it.</summary>
    public void BindTo(Statement statement, int first)
    {
        statement.Bind(first, GrainKey);
        statement.Bind(first + 1, GrainType);
        statement.Bind(first + 2, StateName);
    }
}
