namespace Recoup.Storage.Sqlite.Tests.Crash;

/// <summary>A process that holds a data folder until it is killed.</summary>
internal static class LockHolder
{
    public const string Command = "hold-lock";

    public static int Run(string folder)
    {
        using var held = DataFolderLock.Acquire(folder, "Some__Setting");
        Console.WriteLine("held");
        Console.Out.Flush();
        return Console.In.Read();
    }
}
