using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace Recoup.Silo.Workflows.Timelines;

/// <summary>A failure and its causes in one line, without stack traces.</summary>
internal static class FailureText
{
    private const int CausesMax = 5;

    public static string Of(Failure? failure)
    {
        var texts = new List<string>();
        for (var current = failure; current is not null && texts.Count < CausesMax; current = current.Cause)
        {
            texts.Add(One(current));
        }

        return texts.Count == 0 ? "no reason given" : string.Join(", because: ", texts);
    }

    /// <summary>Why the server did not try again; null when that goes without saying.</summary>
    public static string? WhyNotRetried(RetryState state) => state switch
    {
        RetryState.NonRetryableFailure => "not tried again: the error says that it would not help",
        RetryState.MaximumAttemptsReached => "not tried again: no attempts are left",
        RetryState.Timeout => "not tried again: its time is over",
        RetryState.CancelRequested => "not tried again: it was cancelled",
        _ => null,
    };

    private static string One(Failure failure)
    {
        var type = failure.ApplicationFailureInfo?.Type;
        var message = string.IsNullOrEmpty(failure.Message) ? failure.FailureInfoCase.ToString() : failure.Message;
        return string.IsNullOrEmpty(type) || message.StartsWith(type, StringComparison.Ordinal) ? message : $"{type}: {message}";
    }
}
