{# Functions of texts. #}
{% macro concat(fields) %}{{ return(adapter.dispatch('concat', 'dbt')(fields)) }}{% endmacro %}
{% macro default__concat(fields) %}{{ return(fields | join(' || ')) }}{% endmacro %}

{% macro hash(field) %}{{ return(adapter.dispatch('hash', 'dbt')(field)) }}{% endmacro %}
{% macro default__hash(field) %}{{ return('md5(cast(' ~ field ~ ' as ' ~ type_string() ~ '))') }}{% endmacro %}
{% macro trino__hash(field) %}{{ return('lower(to_hex(md5(to_utf8(cast(' ~ field ~ ' as ' ~ type_string() ~ ')))))') }}{% endmacro %}

{% macro length(expression) %}{{ return(adapter.dispatch('length', 'dbt')(expression)) }}{% endmacro %}
{% macro default__length(expression) %}{{ return('\n\n    length(\n        ' ~ expression ~ '\n    )') }}{% endmacro %}

{% macro position(substring_text, string_text) %}{{ return(adapter.dispatch('position', 'dbt')(substring_text, string_text)) }}{% endmacro %}
{% macro default__position(substring_text, string_text) %}{{ return('\n\n    position(\n        ' ~ substring_text ~ ' in ' ~ string_text ~ '\n    )') }}{% endmacro %}

{% macro replace(field, old_chars, new_chars) %}{{ return(adapter.dispatch('replace', 'dbt')(field, old_chars, new_chars)) }}{% endmacro %}
{% macro default__replace(field, old_chars, new_chars) %}

    replace(
        {{ field }},
        {{ old_chars }},
        {{ new_chars }}
    )


{% endmacro %}

{% macro right(string_text, length_expression) %}{{ return(adapter.dispatch('right', 'dbt')(string_text, length_expression)) }}{% endmacro %}
{% macro default__right(string_text, length_expression) %}{{ return('\n\n    right(\n        ' ~ string_text ~ ',\n        ' ~ length_expression ~ '\n    )') }}{% endmacro %}
{% macro trino__right(string_text, length_expression) -%}
    {{ '\n    ' }}case when {{ length_expression }} = 0
        then ''
    else
        substr({{ string_text }}, -1 * ({{ length_expression }}))
    end
{%- endmacro %}

{% macro split_part(string_text, delimiter_text, part_number) %}{{ return(adapter.dispatch('split_part', 'dbt')(string_text, delimiter_text, part_number)) }}{% endmacro %}
{% macro default__split_part(string_text, delimiter_text, part_number) %}{{ return('\n    string_split(' ~ string_text ~ ', ' ~ delimiter_text ~ ')[ ' ~ part_number ~ ' ]\n') }}{% endmacro %}
{% macro trino__split_part(string_text, delimiter_text, part_number) %}
  {{ '\n    \n\n    split_part(\n        ' ~ string_text ~ ',\n        ' ~ delimiter_text ~ ',\n        ' ~ part_number ~ '\n        )\n\n\n  ' if part_number >= 0 else exceptions.raise_compiler_error('split_part() counts from the left in Trino: part_number must not be negative') }}
{% endmacro %}

{% macro string_literal(value) %}{{ return(adapter.dispatch('string_literal', 'dbt')(value)) }}{% endmacro %}
{% macro default__string_literal(value) %}{{ return("'" ~ escape_single_quotes(value) ~ "'") }}{% endmacro %}

{% macro escape_single_quotes(expression) %}{{ return(adapter.dispatch('escape_single_quotes', 'dbt')(expression)) }}{% endmacro %}
{% macro default__escape_single_quotes(expression) %}{{ return(expression | replace("'", "''")) }}{% endmacro %}
