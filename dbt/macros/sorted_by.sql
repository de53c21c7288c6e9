{# The table properties of a table that people look rows up in: the files of an
   Iceberg table are then sorted by the column. Tables of DuckDB have no such
   properties. #}
{% macro sorted_by(column) -%}
    {{ return(
        {'sorted_by': "ARRAY['" ~ column ~ "']"}
        if target.type == 'trino' else {}
    ) }}
{%- endmacro %}
