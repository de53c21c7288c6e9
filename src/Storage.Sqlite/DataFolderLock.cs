using System.Globalization;

namespace Recoup.Storage.Sqlite;

/// <summary>
/// Keeps a data folder for one process. The system releases the lock when the process ends, however it ends. Without it a second silo would start on
/// the same ports without an error and write beside the first.
/// </summary>
public sealed class DataFolderLock : IDisposable
{
    /// <summary>The file that is held; it stays behind, and means nothing while nobody holds it.</summary>
    public const string FileName = "process.lock";

    /// <summary>Beside it, the holder's process id, for whoever looks for it: the held file itself cannot be read.</summary>
    private const string HolderFileName = "process.id";

    private readonly FileStream file;

    private DataFolderLock(FileStream file) => this.file = file;

    /// <summary>Creates the folder if need be and takes the lock.</summary>
    /// <param name="folder">The folder to hold.</param>
    /// <param name="setting">The setting that names the folder, for the error message.</param>
    /// <exception cref="SqliteStorageException">Another process holds the folder, or it cannot be written.</exception>
    public static DataFolderLock Acquire(string folder, string setting)
    {
        var path = Path.Combine(Path.GetFullPath(folder), FileName);
        try
        {
            Directory.CreateDirectory(Path.GetFullPath(folder));
            return Hold(path, Path.Combine(folder, HolderFileName));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw NotWritable(folder, setting, exception);
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            throw new SqliteStorageException(
                $"The data folder '{folder}' is held by another process{Holder(folder)}. Stop it, or set {setting} to another folder.",
                exception)
            {
                Failure = SqliteStorageFailure.NotWritable,
            };
        }
        catch (IOException exception)
        {
            throw NotWritable(folder, setting, exception);
        }
    }

    public void Dispose() => file.Dispose();

    private static DataFolderLock Hold(string path, string holderPath)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        try
        {
            File.WriteAllText(holderPath, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new DataFolderLock(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The system's word for "another process has it": EWOULDBLOCK on Linux (11) and macOS (35), a sharing violation on Windows.</summary>
    private static bool IsHeld(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static string Holder(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, HolderFileName));
            return int.TryParse(text, CultureInfo.InvariantCulture, out var process) ? $" (process {process})" : "";
        }
        catch (IOException)
        {
            // Not there yet, or just being written: who holds it is a courtesy, that it is held is not.
            return "";
        }
    }

    private static SqliteStorageException NotWritable(string folder, string setting, Exception exception) =>
        new($"The data folder '{folder}' cannot be written: {exception.Message} Set {setting} to a folder that can.", exception)
        {
            Failure = SqliteStorageFailure.NotWritable,
        };
}
