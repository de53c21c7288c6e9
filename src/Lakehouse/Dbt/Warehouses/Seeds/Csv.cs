using System.Text;

namespace Recoup.Lakehouse.Dbt.Warehouses.Seeds;

/// <summary>
/// Cuts a CSV file into rows as Python's reader does: a quote opens a quoted part at the start of a cell only, two quotes inside one are a quote,
/// quoted parts may hold delimiters and line ends, and a blank line is a row without cells.
/// </summary>
internal sealed class Csv(string text, char delimiter)
{
    private readonly StringBuilder cell = new();
    private int position;

    public IEnumerable<IReadOnlyList<string>> Rows()
    {
        while (position < text.Length)
        {
            yield return Row();
        }
    }

    private List<string> Row()
    {
        var cells = new List<string>();
        if (TakeLineEnd())
        {
            return cells;
        }

        while (true)
        {
            cells.Add(Cell());
            if (position < text.Length && text[position] == delimiter)
            {
                position++;
                continue;
            }

            TakeLineEnd();
            return cells;
        }
    }

    private string Cell()
    {
        cell.Clear();
        if (position < text.Length && text[position] is '"')
        {
            position++;
            TakeQuoted();
        }

        while (position < text.Length && text[position] != delimiter && text[position] is not ('\r' or '\n'))
        {
            cell.Append(text[position++]);
        }

        return cell.ToString();
    }

    private void TakeQuoted()
    {
        while (position < text.Length)
        {
            var character = text[position++];
            if (character is '"' && (position >= text.Length || text[position] is not '"'))
            {
                return;
            }

            position += character is '"' ? 1 : 0;
            cell.Append(character);
        }
    }

    private bool TakeLineEnd()
    {
        var length = position < text.Length ? text[position] switch
        {
            '\r' when position + 1 < text.Length && text[position + 1] is '\n' => 2,
            '\r' or '\n' => 1,
            _ => 0,
        } : 0;
        position += length;
        return length > 0;
    }
}
