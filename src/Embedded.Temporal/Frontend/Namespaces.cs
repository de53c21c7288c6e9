using Recoup.Embedded.Temporal.Engine;

namespace Recoup.Embedded.Temporal.Frontend;

/// <summary>The namespaces that there are, with their ids. They are given at the start and do not change.</summary>
internal sealed class Namespaces(IReadOnlyDictionary<string, string> idsByName)
{
    public IReadOnlyDictionary<string, string> IdsByName => idsByName;

    /// <summary>Refuses a namespace that is not there.</summary>
    public void Require(string name)
    {
        if (name.Length == 0)
        {
            throw Refusals.InvalidArgument("Namespace is empty.");
        }

        if (!idsByName.ContainsKey(name))
        {
            throw Refusals.NamespaceNotFound(name);
        }
    }
}
