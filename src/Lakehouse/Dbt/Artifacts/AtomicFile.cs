namespace Recoup.Lakehouse.Dbt.Artifacts;

/// <summary>Writes a file so that readers see the old one or the new one, also when the process is killed between.</summary>
internal static class AtomicFile
{
    public static void Write(string file, string text)
    {
        var temporary = $"{file}.{Path.GetRandomFileName()}";
        File.WriteAllText(temporary, text);
        File.Move(temporary, file, overwrite: true);
    }
}
