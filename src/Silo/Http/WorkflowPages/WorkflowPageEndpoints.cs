using Recoup.Silo.Http.WorkflowPages.Listing;
using Recoup.Silo.Http.WorkflowPages.Reading;
using Recoup.Silo.Settings;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Recoup.Silo.Http.WorkflowPages;

/// <summary><c>/workflows</c>: what the embedded workflow server runs, for people. With a real cluster one uses the Temporal UI.</summary>
internal static class WorkflowPageEndpoints
{
    public const string Path = "/workflows";

    public static void MapWorkflowPages(this IEndpointRouteBuilder app, RecoupSettings settings)
    {
        if (settings.Temporal.IsEmbedded)
        {
            app.MapGet(Path, ListAsync).ExcludeFromDescription();
            app.MapGet(Path + "/{**workflowId}", ShowAsync).ExcludeFromDescription();
            return;
        }

        app.MapGet(Path + "/{**workflowId}", () => NotHere(settings.Temporal)).ExcludeFromDescription();
    }

    private static Task<IResult> ListAsync(string? query, string? page, ITemporalClient client, CancellationToken cancellationToken) => AnswerAsync(async () =>
    {
        var list = await new WorkflowLister(client).ReadAsync(query?.Trim() ?? "", page, cancellationToken);
        return HtmlPage.Of<ListPage>(list, list.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    });

    private static Task<IResult> ShowAsync(string workflowId, string? run, ITemporalClient client, CancellationToken cancellationToken) => AnswerAsync(async () =>
        await new WorkflowReader(client).ReadAsync(workflowId, run, cancellationToken) is { } workflow
            ? HtmlPage.Of<WorkflowPage>(workflow, StatusCodes.Status200OK)
            : HtmlPage.Of<MessagePage>(Unknown(workflowId, run), StatusCodes.Status404NotFound));

    /// <summary>A fault of the workflow server is not one of the page's reader, and may pass.</summary>
    private static async Task<IResult> AnswerAsync(Func<Task<IResult>> read)
    {
        try
        {
            return await read();
        }
        catch (RpcException exception)
        {
            var message = new PageMessage("The workflow server does not answer as it should.", [exception.Message, "Reload the page in a moment."]);
            return HtmlPage.Of<MessagePage>(message, StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static PageMessage Unknown(string workflowId, string? run) => new(
        "There is no such workflow.",
        [
            string.IsNullOrEmpty(run) ? $"No workflow has the id {workflowId}." : $"The workflow {workflowId} has no run {run}.",
            "A payment has one, recover- and the payment's id, once its first attempt was declined; closed ones are kept for some days.",
        ]);

    private static IResult NotHere(TemporalOptions temporal) => Results.Problem(
        statusCode: StatusCodes.Status404NotFound,
        title: "This page shows the embedded workflow server, which is not in use.",
        detail: $"Workflows run on the Temporal frontend at {temporal.Address} (Temporal__Address): use its Temporal UI, namespace {temporal.Namespace}.");
}
