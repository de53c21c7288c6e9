using Recoup.Lakehouse.Bench;

// dotnet run -c Release --project bench/Lakehouse.Bench -- [records] [folder of the scripts]
var count = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 200_000;
await ValidationBench.RunAsync(count, args.Length > 1 ? args[1] : "flink");
