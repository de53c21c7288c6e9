using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>Columns of an entry as the manifest writes them.</summary>
internal static class ColumnReader
{
    public static PyDict Read(PyDict entry) => new(entry.GetItems("columns").OfType<PyDict>()
        .Where(column => column.GetText("name") is not null)
        .Select(column => KeyValuePair.Create<object?, object?>(column.GetText("name"), Column(column))));

    private static PyDict Column(PyDict column)
    {
        var config = column.GetDictionary("config");
        var meta = new PyDict([.. column.GetDictionary("meta"), .. config.GetDictionary("meta")]);
        var tags = new PyList(column.GetStrings("tags").Concat(config.GetStrings("tags")).Distinct());
        return new PyDict
        {
            { "name", column.GetText("name") }, { "description", column.GetText("description") ?? "" }, { "meta", meta }, { "data_type", column.Get("data_type") },
            { "constraints", new PyList(column.GetItems("constraints")) }, { "quote", column.Get("quote") },
            { "config", new PyDict { { "meta", meta }, { "tags", tags } } }, { "tags", tags }, { "granularity", column.Get("granularity") },
            { "doc_blocks", new PyList() },
        };
    }
}
