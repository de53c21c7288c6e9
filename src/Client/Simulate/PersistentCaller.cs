using Recoup.Client.CommandLine;

namespace Recoup.Client.Simulate;

/// <summary>Makes a call until it is answered: a silo may be restarting, and every call made here may be made twice.</summary>
internal sealed class PersistentCaller(TimeSpan patience, TimeProvider clock, Action onRetry)
{
    private static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(1);

    /// <summary>Calls until there is an answer; <paramref name="what"/> names the call in the error (<c>order 17</c>).</summary>
    /// <exception cref="CommandFailedException">It was not answered for as long as patience lasts, or was refused for good.</exception>
    public async Task<T> CallAsync<T>(string what, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        for (var pause = PauseMin; ; pause = pause * 2 < PauseMax ? pause * 2 : PauseMax)
        {
            try
            {
                return await call();
            }
            catch (Exception failure) when (IsTransient(failure) && clock.GetElapsedTime(started) < patience)
            {
                onRetry();
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                throw new CommandFailedException(
                    $"The silo did not take {what}: {failure.Message}",
                    "Run it again with the same --first when the silo is up: what it has already taken is not taken twice.",
                    failure);
            }

            await Task.Delay(pause, clock, cancellationToken);
        }
    }

    public Task CallAsync(string what, Func<Task> call, CancellationToken cancellationToken) => CallAsync(
        what,
        async () =>
        {
            await call();
            return true;
        },
        cancellationToken);

    /// <summary>Everything may pass but what says that the call itself is wrong.</summary>
    private static bool IsTransient(Exception failure) => failure is not (ArgumentException or NotSupportedException or NotImplementedException or OperationCanceledException);
}
