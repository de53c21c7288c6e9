using Recoup.Embedded.Temporal.Hosting;

return await StartDevCommand.Create().Parse(args).InvokeAsync();
