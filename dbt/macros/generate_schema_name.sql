{# The schema as it is named: silver and gold are namespaces of the lake,
   not suffixes of the target's schema. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
