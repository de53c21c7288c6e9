{# A scalar of a JSON text, as text: NULL where there is none. #}
{% macro json_text(json, path) -%}
    {{ adapter.dispatch('json_text', 'recoup')(json, path) }}
{%- endmacro %}

{% macro default__json_text(json, path) -%}
    json_extract_scalar({{ json }}, '{{ path }}')
{%- endmacro %}

{% macro duckdb__json_text(json, path) -%}
    json_extract_string({{ json }}, '{{ path }}')
{%- endmacro %}

{# A whole number of a JSON text: NULL where there is none, or another thing. #}
{% macro json_bigint(json, path) -%}
    case
        when {{ matches(json_text(json, path), '^[0-9]{1,18}$') }}
            then cast({{ json_text(json, path) }} as bigint)
    end
{%- endmacro %}

{# Whether a regular expression is found in a text. #}
{% macro matches(text, pattern) -%}
    {{ adapter.dispatch('matches', 'recoup')(text, pattern) }}
{%- endmacro %}

{% macro default__matches(text, pattern) -%}
    regexp_like({{ text }}, '{{ pattern }}')
{%- endmacro %}

{% macro duckdb__matches(text, pattern) -%}
    regexp_matches({{ text }}, '{{ pattern }}')
{%- endmacro %}

{# The names whose conditions hold, joined by ';' in their order, or NULL. #}
{% macro joined_reasons(conditions) -%}
    nullif(substr(
        {%- for name, condition in conditions %}
        {% if not loop.first %}|| {% endif -%}
        case when {{ condition }} then ';{{ name }}' else '' end
        {%- endfor %},
        2
    ), '')
{%- endmacro %}
