using Microsoft.Data.Sqlite;

namespace Recoup.Gateways.Simulated.Ledger;

internal interface ILedgerWork
{
    void Run(LedgerBook book);

    void Complete();

    void Fail(Exception failure);
}

/// <summary>One piece of work in a batch. A refusal is its own: the others in the batch are committed.</summary>
internal sealed class LedgerWork<T>(Func<LedgerBook, T> work) : ILedgerWork
{
    private readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;
    private Exception? refusal;

    public Task<T> Answer => answer.Task;

    public void Run(LedgerBook book)
    {
        try
        {
            result = work(book);
        }
#pragma warning disable CA1031 // Whatever it is belongs to the caller, who gets it; only a failing database ends the batch.
        catch (Exception failure) when (failure is not SqliteException)
#pragma warning restore CA1031
        {
            refusal = failure;
        }
    }

    public void Complete()
    {
        if (refusal is null)
        {
            answer.SetResult(result!);
        }
        else
        {
            answer.SetException(refusal);
        }
    }

    public void Fail(Exception failure) => answer.SetException(failure);
}
