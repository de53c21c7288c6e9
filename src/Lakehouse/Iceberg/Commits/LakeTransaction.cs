using Recoup.Lakehouse.Iceberg.Catalogs;

namespace Recoup.Lakehouse.Iceberg.Commits;

/// <summary>
/// Changes of one or several tables that become visible together, or not at all. When somebody else commits first, the changes are put on top of
/// what the tables are then, and the commit is tried again; it gives up when they do not fit any more.
/// </summary>
public sealed class LakeTransaction(ICatalog catalog, TimeProvider clock)
{
    private const int Attempts = 12;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private readonly List<TableChange> changes = [];

    /// <summary>The changes of a table; they are collected until the commit.</summary>
    public TableChange For(Table table)
    {
        var change = changes.FirstOrDefault(existing => existing.Identifier == table.Identifier);
        if (change is null)
        {
            change = new TableChange(table, clock);
            changes.Add(change);
        }

        return change;
    }

    /// <summary>Commits everything.</summary>
    /// <returns>The tables after the commit, in the order in which they were first named.</returns>
    /// <exception cref="IcebergException">
    /// With <see cref="IcebergFailure.CommitConflict"/>: nothing was changed. With <see cref="IcebergFailure.CommitStateUnknown"/>: load the tables
    /// and look at their offsets.
    /// </exception>
    public async Task<IReadOnlyList<Table>> CommitAsync(CancellationToken cancellation = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var committed = await TryCommitAsync(attempt, cancellation);
                await CleanUpAsync(isCommitted: true);
                return committed;
            }
            catch (IcebergException lost) when (lost.Failure is IcebergFailure.CommitStateUnknown)
            {
                if (await CommittedAfterAllAsync(cancellation) is { } tables)
                {
                    return tables;
                }

                throw;
            }
            catch (RetryableConflictException conflict) when (attempt == Attempts)
            {
                await CleanUpAsync(isCommitted: false);
                throw IcebergException.Conflict($"Others committed first {Attempts} times in a row: {conflict.Message}");
            }
            catch (RetryableConflictException) when (attempt > 1)
            {
                // A random pause, longer each time, keeps rivals from meeting again. The first rival is passed at once.
                await Task.Delay(FirstPause * attempt * (0.5 + Random.Shared.NextDouble()), clock, cancellation);
            }
            catch (RetryableConflictException)
            {
                continue;
            }
            catch (IcebergException)
            {
                await CleanUpAsync(isCommitted: false);
                throw;
            }
        }
    }

    private async Task<IReadOnlyList<Table>> TryCommitAsync(int attempt, CancellationToken cancellation)
    {
        // Without rivals the tables are as the caller loaded them, and need not be looked up.
        var tables = attempt is 1 ? [.. changes.Select(change => change.Table)] : await LoadAsync(cancellation);
        var commits = await Task.WhenAll(changes.Zip(tables, (change, table) => change.PrepareAsync(table, cancellation)));
        try
        {
            return await catalog.CommitAsync(commits, cancellation);
        }
        catch (IcebergException conflict) when (conflict.Failure is IcebergFailure.CommitConflict)
        {
            throw new RetryableConflictException(conflict.Message);
        }
    }

    private Task<Table[]> LoadAsync(CancellationToken cancellation) => Task.WhenAll(changes.Select(change => catalog.LoadTableAsync(change.Identifier, cancellation)));

    /// <summary>After a lost answer: the tables, if they hold our snapshots.</summary>
    private async Task<IReadOnlyList<Table>?> CommittedAfterAllAsync(CancellationToken cancellation)
    {
        var tables = await LoadAsync(cancellation);
        return changes.Zip(tables, (change, table) => change.IsIn(table)).All(isIn => isIn) ? tables : null;
    }

    private Task CleanUpAsync(bool isCommitted) => Task.WhenAll(changes.Select(change => change.CleanUpAsync(isCommitted)));

    private sealed class RetryableConflictException(string message) : Exception(message);
}
