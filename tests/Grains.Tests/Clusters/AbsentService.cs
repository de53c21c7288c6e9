using System.Reflection;

namespace Recoup.Grains.Tests.Clusters;

/// <summary>Stands for a service that a test never reaches, and says so when it does.</summary>
public class AbsentService : DispatchProxy
{
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new NotSupportedException(targetMethod?.Name);
}
