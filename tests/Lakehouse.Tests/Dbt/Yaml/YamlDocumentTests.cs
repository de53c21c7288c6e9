using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Yaml;

namespace Recoup.Lakehouse.Tests.Dbt.Yaml;

/// <summary>YAML by PyYAML's rules, with the lines of what is in it.</summary>
[TestClass]
public sealed class YamlDocumentTests
{
    [TestMethod]
    [DataRow("yes", "True")]
    [DataRow("Off", "False")]
    [DataRow("y", "'y'")]
    [DataRow("~", "None")]
    [DataRow("", "None")]
    [DataRow("1_000", "1000")]
    [DataRow("010", "8")]
    [DataRow("0x1F", "31")]
    [DataRow("1:30", "90")]
    [DataRow("08", "'08'")]
    [DataRow("1e3", "'1e3'")]
    [DataRow("1.5e+3", "1500.0")]
    [DataRow(".inf", "inf")]
    [DataRow("1.", "1.0")]
    [DataRow("2026-01-31", "datetime.date(2026, 1, 31)")]
    [DataRow("2026-1-31", "'2026-1-31'")]
    [DataRow("2026-01-31 10:05:00", "datetime.datetime(2026, 1, 31, 10, 5)")]
    [DataRow("'yes'", "'yes'")]
    [DataRow("!!str 5", "'5'")]
    [DataRow("123456789012345678901", "123456789012345678901")]
    public void Load_Scalar_IsReadAsPyYamlReadsIt(string text, string expected) =>
        Assert.AreEqual(expected, PyValue.Repr(((PyDict)YamlDocument.Load($"a: {text}", "a.yml").Root!)["a"]));

    [TestMethod]
    public void Load_MergedDict_PutsItsOwnEntriesLast()
    {
        var root = (PyDict)YamlDocument.Load("base: &b {a: 1, c: 2}\nmine:\n  <<: *b\n  a: 3\n", "a.yml").Root!;
        Assert.AreEqual("{'a': 3, 'c': 2}", PyValue.Repr(root["mine"]));
    }

    [TestMethod]
    public void LineOf_KeysItemsAndContainers_CountsFromOne()
    {
        var document = YamlDocument.Load("version: 2\n\nmodels:\n  - name: a\n  - name: b\n    columns: []\n", "models.yml");
        var root = (PyDict)document.Root!;
        var models = (PyList)root["models"]!;
        Assert.AreEqual((1, 3, 4, 5, 6), (document.LineOf(root), document.LineOf(root, "models"), document.LineOf(models), document.LineOf(models, 1), document.LineOf((PyDict)models[1]!, "columns")));
    }

    [TestMethod]
    [DataRow("a: b: c", 1)]
    [DataRow("a: 1\nb: [1, 2]]", 2)]
    [DataRow("a: 1\n b: 2", 2)]
    [DataRow("a: *nothing", 1)]
    [DataRow("a: 1\n---\nb: 2", 2)]
    [DataRow("a: 2026-02-30", 1)]
    public void Load_NoYaml_FailsWithFileAndLine(string text, int line)
    {
        var failure = Assert.ThrowsExactly<YamlFileException>(() => YamlDocument.Load(text, "models.yml"));
        Assert.AreEqual(("models.yml", line), (failure.File, failure.Line));
    }
}
