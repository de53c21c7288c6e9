using Recoup.Client.CommandLine;

return await RecoupCommandLine.RunAsync(args, Console.Out, Console.Error, EnvironmentSettings.OfProcess());
