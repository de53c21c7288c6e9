namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>Jinja's <c>namespace()</c>: the one value whose attributes a template can set.</summary>
internal sealed class PyNamespace(PyDict attributes) : IJinjaObject, IPyTyped
{
    public PyDict Attributes { get; } = attributes;

    public string TypeName => "jinja2.utils.Namespace";

    public bool TryGetAttribute(string name, out object? value) => Attributes.TryGetValue(name, out value);

    public override string ToString() => $"<Namespace {PyValue.Repr(Attributes)}>";
}
