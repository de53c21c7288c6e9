using Microsoft.Testing.Platform.Builder;
using Recoup.Lakehouse.Tests.FlinkSql.Crash;

if (args is [ValidationProcess.Command, var folder, var address])
{
    return await ValidationProcess.RunAsync(folder, address);
}

var builder = await TestApplication.CreateBuilderAsync(args);
Recoup.Lakehouse.Tests.SelfRegisteredExtensions.AddSelfRegisteredExtensions(builder, args);
using var application = await builder.BuildAsync();
return await application.RunAsync();
