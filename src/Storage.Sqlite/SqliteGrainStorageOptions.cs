using System.ComponentModel.DataAnnotations;
using Orleans.Storage;

namespace Recoup.Storage.Sqlite;

/// <summary>Settings of one grain storage provider on one SQLite file.</summary>
public sealed class SqliteGrainStorageOptions : IStorageProviderSerializerOptions
{
    /// <summary>The database file; its folder must exist. Beside it SQLite keeps <c>-wal</c> and <c>-shm</c>, which belong to it.</summary>
    [Required]
    public string Path { get; set; } = "";

    /// <summary>How state becomes the text in the column <c>payload</c>. It must write UTF-8 text; JSON keeps the file readable with any SQLite shell.</summary>
    public IGrainStorageSerializer GrainStorageSerializer { get; set; } = null!;

    /// <summary>
    /// Wall time from which on a grain with this state must be looked at if it has not moved by itself; null: never. It is saved in the same statement
    /// as the state and found again by <see cref="IDueGrains"/>.
    /// </summary>
    public Func<object, DateTimeOffset?> AttentionOf { get; set; } = static _ => null;

    /// <summary>Whether an acknowledged write survives a power cut. Default: yes.</summary>
    public WriteDurability Durability { get; set; } = WriteDurability.PowerLoss;

    /// <summary>Most writes in one commit. Default 1,024.</summary>
    [Range(1, 65_536)]
    public int BatchMax { get; set; } = 1_024;

    /// <summary>A larger state is refused before it is queued. Default 16 MiB.</summary>
    [Range(1, 1_000_000_000)]
    public int PayloadBytesMax { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// A file up to this size is checked for damage when it is opened (<c>PRAGMA quick_check</c>, about a second for 1 GiB in the page cache); a larger
    /// one shows damage only when a damaged page is read. Default 512 MiB.
    /// </summary>
    [Range(0, long.MaxValue)]
    public long CheckedBytesMax { get; set; } = 512L * 1024 * 1024;

    /// <summary>Most bytes that the file may grow to; null: as the disk allows. A write beyond it fails as on a full disk.</summary>
    [Range(64 * 1024, long.MaxValue)]
    public long? FileBytesMax { get; set; }
}

/// <summary>What an acknowledged write survives.</summary>
public enum WriteDurability
{
    /// <summary>The end of the process, the system's crash and a power cut: every commit waits for the disk (<c>synchronous=FULL</c>).</summary>
    PowerLoss,

    /// <summary>The end of the process at any moment, also by SIGKILL; a power cut may take the last commits (<c>synchronous=NORMAL</c>).</summary>
    ProcessCrash,
}
