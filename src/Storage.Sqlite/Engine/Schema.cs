namespace Recoup.Storage.Sqlite.Engine;

/// <summary>The tables. They are meant to be read by people too: <c>sqlite3 file 'select * from grain_state'</c>.</summary>
internal static class Schema
{
    /// <summary>
    /// A rowid table: the rows lie in the order of their creation, and a long payload is not moved when the index is (WITHOUT ROWID would). The key
    /// comes first in the index, because it tells rows apart soonest.
    /// </summary>
    public const string GrainState = """
        create table if not exists grain_state (
          position integer primary key,
          grain_type text not null,
          grain_key text not null,
          state_name text not null,
          version integer not null,
          attention_at integer,
          updated_at integer not null,
          payload text not null,
          unique (grain_key, grain_type, state_name)
        )
        """;

    public const string Attention =
        "create index if not exists grain_state_attention on grain_state (attention_at) where attention_at is not null";

    /// <summary>
    /// The highest version that a deleted row has had. A row that is made anew starts above it, so that whoever still holds the version of the deleted
    /// one can never overwrite its successor.
    /// </summary>
    public const string Watermark =
        "create table if not exists deleted_version (only_row integer primary key check (only_row = 1), highest integer not null)";

    public const string FirstWatermark = "insert into deleted_version values (1, 0) on conflict do nothing";
}
