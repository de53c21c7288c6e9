using System.Text;
using Recoup.Embedded.Kafka.Log;

namespace Recoup.Embedded.Kafka.Hosting;

/// <summary>The folder that one broker holds, and the name of the cluster that was given to it on its first day.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream held;

    private DataFolder(string path, FileStream held, string clusterId)
    {
        (Path, this.held, ClusterId) = (path, held, clusterId);
    }

    public string Path { get; }

    public string ClusterId { get; }

    /// <exception cref="EmbeddedKafkaException">Another process holds it, or it cannot be written.</exception>
    public static DataFolder Take(string path)
    {
        try
        {
            path = System.IO.Path.GetFullPath(path);
            Directory.CreateDirectory(path);
            var held = new FileStream(System.IO.Path.Combine(path, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            try
            {
                return new DataFolder(path, held, ClusterIdOf(path));
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new EmbeddedKafkaException($"DataFolder (--data) '{path}' cannot be used: {failure.Message}", failure);
        }
    }

    public void Dispose() => held.Dispose();

    private static string ClusterIdOf(string path)
    {
        var file = System.IO.Path.Combine(path, "cluster-id");
        if (File.Exists(file))
        {
            return Encoding.ASCII.GetString(DurableFile.TryRead(file) ?? throw new InvalidDataException($"{file} is damaged: its checksum does not fit."));
        }

        // 22 characters, as Kafka's own ids have.
        var made = Convert.ToBase64String(Guid.NewGuid().ToByteArray())[..22].Replace('+', '-').Replace('/', '_');
        DurableFile.Replace(file, Encoding.ASCII.GetBytes(made));
        return made;
    }
}
