{# A moment in UTC, written as 'yyyy-mm-dd hh:mm:ss'. #}
{% macro utc_timestamp(text) -%}
    {{ adapter.dispatch('utc_timestamp', 'recoup')(text) }}
{%- endmacro %}

{% macro default__utc_timestamp(text) -%}
    timestamp '{{ text }} UTC'
{%- endmacro %}

{% macro duckdb__utc_timestamp(text) -%}
    timestamptz '{{ text }}+00'
{%- endmacro %}

{# Full units from one moment to the other; DuckDB's date_diff counts the
   boundaries that were crossed, its date_sub is Trino's date_diff. #}
{% macro elapsed(unit, from_at, to_at) -%}
    {{ adapter.dispatch('elapsed', 'recoup')(unit, from_at, to_at) }}
{%- endmacro %}

{% macro default__elapsed(unit, from_at, to_at) -%}
    date_diff('{{ unit }}', {{ from_at }}, {{ to_at }})
{%- endmacro %}

{% macro duckdb__elapsed(unit, from_at, to_at) -%}
    date_sub('{{ unit }}', {{ from_at }}, {{ to_at }})
{%- endmacro %}

{# The day that is so many days after another. #}
{% macro days_after(day, days) -%}
    {{ adapter.dispatch('days_after', 'recoup')(day, days) }}
{%- endmacro %}

{% macro default__days_after(day, days) -%}
    date_add('day', {{ days }}, {{ day }})
{%- endmacro %}

{% macro duckdb__days_after(day, days) -%}
    cast({{ day }} + to_days(cast({{ days }} as integer)) as date)
{%- endmacro %}

{# 1 (Monday) to 7 (Sunday). #}
{% macro day_of_week(day) -%}
    {{ adapter.dispatch('day_of_week', 'recoup')(day) }}
{%- endmacro %}

{% macro default__day_of_week(day) -%}
    day_of_week({{ day }})
{%- endmacro %}

{% macro duckdb__day_of_week(day) -%}
    isodow({{ day }})
{%- endmacro %}

{# A table of the numbers from 0, as column n of alias numbers. #}
{% macro numbers_to(last) -%}
    {{ adapter.dispatch('numbers_to', 'recoup')(last) }}
{%- endmacro %}

{% macro default__numbers_to(last) -%}
    unnest(sequence(0, {{ last }})) as numbers (n)
{%- endmacro %}

{% macro duckdb__numbers_to(last) -%}
    unnest(generate_series(0, {{ last }})) as numbers (n)
{%- endmacro %}
