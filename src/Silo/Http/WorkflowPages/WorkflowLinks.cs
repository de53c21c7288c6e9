namespace Recoup.Silo.Http.WorkflowPages;

/// <summary>Addresses within the pages; whatever an id holds, it stays in its place.</summary>
internal static class WorkflowLinks
{
    public static string Workflow(string workflowId, string? runId = null)
    {
        // A slash in an id stays one: an encoded one would not be decoded again on its way here.
        var path = WorkflowPageEndpoints.Path + "/" + string.Join('/', workflowId.Split('/').Select(Uri.EscapeDataString));
        return runId is null ? path : path + "?run=" + Uri.EscapeDataString(runId);
    }

    public static string List(string query = "", string? page = null)
    {
        var path = query.Length == 0 ? WorkflowPageEndpoints.Path : $"{WorkflowPageEndpoints.Path}?query={Uri.EscapeDataString(query)}";
        return page is null ? path : $"{path}{(query.Length == 0 ? '?' : '&')}page={Uri.EscapeDataString(page)}";
    }

    public static string Payment(string paymentId) => "/payments/" + Uri.EscapeDataString(paymentId);
}
