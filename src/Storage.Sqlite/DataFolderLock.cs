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
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            return new DataFolderLock(SignedBy(file));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw NotWritable(folder, setting, exception);
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            throw new SqliteStorageException(
                $"The data folder '{folder}' is held by another process{Holder(path)}. Stop it, or set {setting} to another folder.",
                exception) { Failure = SqliteStorageFailure.NotWritable };
        }
        catch (IOException exception)
        {
            throw NotWritable(folder, setting, exception);
        }
    }

    public void Dispose() => file.Dispose();

    /// <summary>Leaves the process id in the file, for whoever looks for the holder.</summary>
    private static FileStream SignedBy(FileStream file)
    {
        try
        {
            file.SetLength(0);
            file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            file.Flush();
            return file;
        }
        catch (IOException)
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The system's word for "another process has it": EWOULDBLOCK on Linux (11) and macOS (35), a sharing violation on Windows.</summary>
    private static bool IsHeld(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static string Holder(string path)
    {
        try
        {
            using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return int.TryParse(file.ReadToEnd(), CultureInfo.InvariantCulture, out var process) ? $" (process {process})" : "";
        }
        catch (IOException)
        {
            // The holder is a courtesy: Windows does not let a held file be read.
            return "";
        }
    }

    private static SqliteStorageException NotWritable(string folder, string setting, Exception exception) =>
        new($"The data folder '{folder}' cannot be written: {exception.Message} Set {setting} to a folder that can.", exception)
        {
            Failure = SqliteStorageFailure.NotWritable,
        };
}
