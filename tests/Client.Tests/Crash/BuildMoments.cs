namespace Recoup.Client.Tests.Crash;

/// <summary>Moments at which a build of silver and gold is killed. A wait begins with the call, so that the run can be asked for after it.</summary>
internal sealed class BuildMoments(SiloProcess silo, Random random)
{
    /// <summary>As many tables of gold as each run makes anew.</summary>
    private const int TablesMax = 10;

    /// <summary>Each of them is a file at least, and so is each seed.</summary>
    private const int FilesMax = 12;

    /// <summary>The last build was a new silo's first, which takes about twice as long as this one, its second.</summary>
    private const double WarmShare = 0.5;

    /// <summary>Comes at the next kind of moment, and says which it was.</summary>
    /// <param name="kill">Counts the kills from 1. The first kind needs no earlier run.</param>
    /// <param name="before">Where the tables stood before the run.</param>
    /// <param name="stop">Ends the wait.</param>
    public Task<string> ComeAsync(int kill, TableStandings before, CancellationToken stop) => (kill % 3) switch
    {
        1 => AfterTablesAsync(before, random.Next(1, TablesMax + 1), stop),
        2 => AtFileAsync(random.Next(1, FilesMax + 1), stop),
        _ => AfterTimeAsync(random.NextDouble() * WarmShare * Books.Pipeline(silo.DataFolder)!.History[0].Steps[0].Elapsed, stop),
    };

    /// <summary>So many tables are of this run, and the others are not yet.</summary>
    private async Task<string> AfterTablesAsync(TableStandings before, int tables, CancellationToken stop)
    {
        await Patience.UntilAsync(() => TableStandings.Read(silo.DataFolder, withSequenceNumbers: false).MovedSince(before) >= tables, $"{tables} tables have moved", stop);
        return $"after table {tables}";
    }

    /// <summary>A file has just been begun, and no commit names it.</summary>
    private async Task<string> AtFileAsync(int files, CancellationToken stop)
    {
        using var watch = new DataFileWatch(silo.DataFolder, files);
        await watch.Begun.WaitAsync(Patience.Limit, stop);
        return $"at file {files}";
    }

    /// <summary>A moment within what a build takes, whatever this one does then.</summary>
    private async Task<string> AfterTimeAsync(TimeSpan length, CancellationToken stop)
    {
        await Patience.UntilAsync(() => Books.Pipeline(silo.DataFolder)!.Current is not null, "a run is under way", stop);
        using var moment = new PeriodicTimer(length + TimeSpan.FromMilliseconds(1));
        await moment.WaitForNextTickAsync(stop);
        return $"after {length.TotalSeconds:0.00} s";
    }
}
