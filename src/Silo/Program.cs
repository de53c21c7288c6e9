using Recoup.Silo.Hosting;

try
{
    await using var host = RecoupHost.Build(args);
    await host.StartAsync(CancellationToken.None);
    await StartBanner.WriteAsync(host, Console.Out);
    await host.WaitForShutdownAsync(CancellationToken.None);
    return 0;
}
catch (Exception exception) when (StartFailure.Explain(exception) is { } line)
{
    await Console.Error.WriteLineAsync(line);
    return StartFailure.ExitCode;
}
