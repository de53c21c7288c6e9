using System.Collections.Concurrent;
using System.Reflection;

namespace Recoup.Grains.Tests.Gateways.Simulated;

/// <summary>Stands for the grain factory: every grain takes every call, and the calls are noted.</summary>
public class RecordingGrains : DispatchProxy
{
    private readonly ConcurrentQueue<string> calls = new();

    public IReadOnlyCollection<string> Calls => calls;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var grain = Create(targetMethod!.ReturnType, typeof(RecordingGrain));
        ((RecordingGrain)grain).Begin($"{targetMethod.ReturnType.Name}({args![0]})", calls);
        return grain;
    }
}

public class RecordingGrain : DispatchProxy
{
    private string name = "";
    private ConcurrentQueue<string> calls = new();

    internal void Begin(string grain, ConcurrentQueue<string> into) => (name, calls) = (grain, into);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        calls.Enqueue($"{name}.{targetMethod!.Name}({string.Join(", ", args!)})");
        if (!targetMethod.ReturnType.IsGenericType)
        {
            return Task.CompletedTask;
        }

        // Task.FromResult<T>(default).
        var result = targetMethod.ReturnType.GenericTypeArguments[0];
        return typeof(Task).GetMethod(nameof(Task.FromResult))!.MakeGenericMethod(result).Invoke(null, [null]);
    }
}
