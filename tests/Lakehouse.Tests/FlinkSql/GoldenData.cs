using System.Text.Json;

namespace Recoup.Lakehouse.Tests.FlinkSql;

/// <summary>What real Flink said, kept beside the repository; its tests are skipped by name where it is missing.</summary>
internal static class GoldenData
{
    public static string Find(string path)
    {
        var shared = Environment.GetEnvironmentVariable("RECOUP_SHARED") ?? Beside();
        var found = shared is null ? null : Path.Combine(shared, path);
        if (found is null || (!File.Exists(found) && !Directory.Exists(found)))
        {
            Assert.Inconclusive($"{path} was not found: put shared/ beside the repository or name its folder in RECOUP_SHARED.");
        }

        return found!;
    }

    public static IEnumerable<JsonElement> Lines(string path) =>
        File.ReadLines(Find(path)).Where(line => line.Length > 0).Select(line => JsonDocument.Parse(line).RootElement);

    /// <summary>A text; half of a surrogate pair, which no table holds, reads as <c>?</c>, as Flink writes it.</summary>
    public static string? Text(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return Unescape(value.GetRawText());
    }

    /// <summary>System.Text.Json refuses half a surrogate pair that is spelled with an escape, so the text is read here.</summary>
    private static string Unescape(string raw)
    {
        var text = new System.Text.StringBuilder();
        for (var index = 1; index < raw.Length - 1; index++)
        {
            if (raw[index] != '\\')
            {
                text.Append(raw[index]);
                continue;
            }

            index++;
            if (raw[index] == 'u')
            {
                text.Append((char)Convert.ToInt32(raw.Substring(index + 1, 4), 16));
                index += 4;
            }
            else
            {
                text.Append(raw[index] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', var other => other });
            }
        }

        return WithoutHalves(text.ToString());
    }

    private static string WithoutHalves(string text)
    {
        var whole = text.ToCharArray();
        for (var index = 0; index < whole.Length; index++)
        {
            if (char.IsHighSurrogate(whole[index]) && index + 1 < whole.Length && char.IsLowSurrogate(whole[index + 1]))
            {
                index++;
            }
            else if (char.IsSurrogate(whole[index]))
            {
                whole[index] = '?';
            }
        }

        return new string(whole);
    }

    private static string? Beside()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Recoup.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.Parent is { } parent ? Path.Combine(parent.FullName, "shared") : null;
    }
}
