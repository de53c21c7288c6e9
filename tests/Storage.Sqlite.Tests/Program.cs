using Microsoft.Testing.Platform.Builder;
using Recoup.Storage.Sqlite.Tests.Crash;

if (args is [CrashWriter.Command, var path])
{
    return await CrashWriter.RunAsync(path);
}

if (args is [LockHolder.Command, var folder])
{
    return LockHolder.Run(folder);
}

var builder = await TestApplication.CreateBuilderAsync(args);
Recoup.Storage.Sqlite.Tests.SelfRegisteredExtensions.AddSelfRegisteredExtensions(builder, args);
using var application = await builder.BuildAsync();
return await application.RunAsync();
