namespace Recoup.Client.Replay;

/// <summary>What <c>replay --json</c> prints.</summary>
internal sealed record ReplayReport(int Sent, int Accepted, int Refused, int NotSent, IReadOnlyList<WebhookAnswer> Answers)
{
    public static ReplayReport Of(IReadOnlyList<WebhookAnswer> answers)
    {
        var sent = answers.Count(answer => answer.Status is not null);
        var accepted = answers.Count(answer => answer.IsAccepted);
        return new ReplayReport(sent, accepted, sent - accepted, answers.Count - sent, answers);
    }
}
