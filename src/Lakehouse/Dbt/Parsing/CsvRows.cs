using System.Text;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>Rows of a unit test written as CSV: the first line has the names, an empty cell is null.</summary>
internal static class CsvRows
{
    public static IEnumerable<PyDict> Read(string text)
    {
        var lines = Records(text).ToList();
        return lines.Skip(1).Select(record => new PyDict(lines[0].Zip(record, (name, cell) =>
            KeyValuePair.Create<object?, object?>(name.Trim(), cell.Length == 0 ? null : cell.Trim()))));
    }

    private static IEnumerable<List<string>> Records(string text)
    {
        var (record, cell, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (var index = 0; index < text.Length; index++)
        {
            var isDouble = isQuoted && text[index] == '"' && index + 1 < text.Length && text[index + 1] == '"';
            if (isDouble)
            {
                cell.Append(text[index++]);
            }
            else if (text[index] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (text[index] == ',' && !isQuoted)
            {
                record.Add(Take(cell));
            }
            else if (text[index] == '\n' && !isQuoted)
            {
                record.Add(Take(cell));
                if (record.Count > 1 || record[0].Length > 0)
                {
                    yield return record;
                }

                record = [];
            }
            else if (text[index] != '\r')
            {
                cell.Append(text[index]);
            }
        }

        if (cell.Length > 0 || record.Count > 0)
        {
            record.Add(Take(cell));
            yield return record;
        }
    }

    private static string Take(StringBuilder cell)
    {
        var text = cell.ToString();
        cell.Clear();
        return text;
    }
}
