{# Casts, truth values, sets. Blank lines are part of what is compiled, and stand as dbt has them. #}
{% macro safe_cast(field, type) %}{{ return(adapter.dispatch('safe_cast', 'dbt')(field, type)) }}{% endmacro %}
{% macro default__safe_cast(field, type) %}{{ return('\n    \n    cast(' ~ field ~ ' as ' ~ type ~ ')\n') }}{% endmacro %}
{% macro trino__safe_cast(field, type) %}{{ return('try_cast(' ~ field ~ ' as ' ~ type ~ ')') }}{% endmacro %}

{% macro cast(expression, data_type) %}{{ return(adapter.dispatch('cast', 'dbt')(expression, data_type)) }}{% endmacro %}
{% macro default__cast(expression, data_type) %}{{ return('cast(' ~ expression ~ ' as ' ~ data_type ~ ')') }}{% endmacro %}

{% macro cast_bool_to_text(field) %}{{ return(adapter.dispatch('cast_bool_to_text', 'dbt')(field)) }}{% endmacro %}
{% macro default__cast_bool_to_text(field) %}{{ return('\n  \n    cast(' ~ field ~ ' as ' ~ api.Column.translate_type('string') ~ ')\n\n') }}{% endmacro %}

{% macro bool_or(expression) %}{{ return(adapter.dispatch('bool_or', 'dbt')(expression)) }}{% endmacro %}
{% macro default__bool_or(expression) %}{{ return('bool_or(' ~ expression ~ ')') }}{% endmacro %}

{% macro any_value(expression) %}{{ return(adapter.dispatch('any_value', 'dbt')(expression)) }}{% endmacro %}
{% macro default__any_value(expression) %}{{ return('arbitrary(' ~ expression ~ ')') }}{% endmacro %}
{% macro trino__any_value(expression) %}{{ return('min(' ~ expression ~ ')') }}{% endmacro %}

{% macro except() %}{{ return('except') }}{% endmacro %}
{% macro intersect() %}{{ return('intersect') }}{% endmacro %}
