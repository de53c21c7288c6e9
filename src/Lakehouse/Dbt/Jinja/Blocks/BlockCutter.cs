namespace Recoup.Lakehouse.Dbt.Jinja.Blocks;

/// <summary>Takes blocks from between their tags; only the tags of allowed blocks and of <c>if</c> and <c>for</c> matter.</summary>
internal sealed class BlockCutter(string text, IReadOnlyCollection<string> allowed)
{
    private readonly List<DbtBlock> _blocks = [];
    private readonly Stack<string> _controlFlow = new();
    private BlockTag? _open;
    private int _end;

    public IReadOnlyList<DbtBlock> Cut()
    {
        foreach (var tag in new TagScanner(text).Tags())
        {
            Follow(tag);
            if (allowed.Contains(tag.Type))
            {
                Open(tag);
            }
            else if (tag.Type == _open?.EndType)
            {
                Close(tag);
            }
        }

        if (_open is not null)
        {
            throw Error($"Reached EOF without finding a close tag for {_open.Type} (searched from line {LineAt(_open.End)})", _open.End);
        }

        AddData(text.Length);
        return _blocks;
    }

    private void Follow(BlockTag tag)
    {
        if (tag.Type is "if" or "for")
        {
            _controlFlow.Push(tag.Type);
        }
        else if (tag.Type is "endif" or "endfor")
        {
            if (!_controlFlow.TryPop(out var opened))
            {
                throw Error($"Got an unexpected control flow end tag, got {tag.Type} but never saw a preceeding {tag.Type[3..]} (@ {PositionAt(tag.Start)})", tag.Start);
            }

            if (tag.Type != "end" + opened)
            {
                throw Error($"Got an unexpected control flow end tag, got {tag.Type} but expected end{opened} next (@ {PositionAt(tag.Start)})", tag.Start);
            }
        }
    }

    private void Open(BlockTag tag)
    {
        if (_controlFlow.Count > 0)
        {
            throw Error($"Got a block definition inside control flow at {PositionAt(tag.Start)}. All dbt block definitions must be at the top level", tag.Start);
        }

        if (_open is not null)
        {
            throw Error(
                $"Got nested tags: {_open.Type} (started at {_open.Start}) did not have a matching {{{{% {_open.EndType} %}}}} before a subsequent {tag.Type} was found (started at {tag.Start})",
                tag.Start);
        }

        AddData(tag.Start);
        _open = tag;
    }

    private void Close(BlockTag tag)
    {
        _blocks.Add(new(_open!.Type, _open.Name, text[_open.End..tag.Start], text[_open.Start..tag.End], LineAt(_open.Start)));
        _end = tag.End;
        _open = null;
    }

    private void AddData(int end)
    {
        var data = text[_end..end];
        if (data.Length > 0)
        {
            _blocks.Add(new(DbtBlock.DataType, null, data, data, LineAt(_end)));
        }

        _end = end;
    }

    private int LineAt(int position) => text.AsSpan(0, position).Count('\n') + 1;

    private string PositionAt(int position) => $"{LineAt(position)}:{position - (text.LastIndexOf('\n', Math.Max(0, position - 1)) + 1)}";

    private JinjaException Error(string message, int position) => new(JinjaErrorKind.Syntax, message, LineAt(position));
}
