using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Recoup.Silo.Http.WorkflowPages;

/// <summary>
/// A Razor component as a whole answer, rendered here and now. Everything that a component shows is encoded, and the headers let a browser run nothing:
/// ids and payloads come from outside.
/// </summary>
internal sealed class HtmlPage : IResult
{
    private readonly Type component;
    private readonly object model;
    private readonly int status;

    private HtmlPage(Type component, object model, int status)
    {
        this.component = component;
        this.model = model;
        this.status = status;
    }

    /// <summary>The component takes the model as its parameter <c>Model</c>.</summary>
    public static IResult Of<TComponent>(object model, int status)
        where TComponent : IComponent => new HtmlPage(typeof(TComponent), model, status);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { ["Model"] = model });
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync(component, parameters)).ToHtmlString());

        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = PageStyle.SecurityPolicy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.CacheControl = "no-store";
        await response.WriteAsync(html, httpContext.RequestAborted);
    }
}
