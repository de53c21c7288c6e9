{# Dates and times. #}
{% macro date_trunc(datepart, date) %}{{ return(adapter.dispatch('date_trunc', 'dbt')(datepart, date)) }}{% endmacro %}
{% macro default__date_trunc(datepart, date) %}{{ return("date_trunc('" ~ datepart ~ "', " ~ date ~ ')') }}{% endmacro %}

{% macro dateadd(datepart, interval, from_date_or_timestamp) %}{{ return(adapter.dispatch('dateadd', 'dbt')(datepart, interval, from_date_or_timestamp)) }}{% endmacro %}
{% macro default__dateadd(datepart, interval, from_date_or_timestamp) %}{{ return('\n\n    (' ~ from_date_or_timestamp ~ ' + cast(' ~ interval ~ ' as bigint) * interval 1 ' ~ datepart ~ ')') }}{% endmacro %}
{% macro trino__dateadd(datepart, interval, from_date_or_timestamp) %}{{ return("date_add('" ~ datepart ~ "', " ~ interval ~ ', ' ~ from_date_or_timestamp ~ ')') }}{% endmacro %}

{% macro datediff(first_date, second_date, datepart) %}{{ return(adapter.dispatch('datediff', 'dbt')(first_date, second_date, datepart)) }}{% endmacro %}
{% macro default__datediff(first_date, second_date, datepart) %}{{ return("\n        (date_diff('" ~ datepart ~ "', " ~ first_date ~ '::timestamp, ' ~ second_date ~ '::timestamp ))\n    ') }}{% endmacro %}
{# Counts boundaries that were crossed, each unit from the one above it. #}
{% macro trino__datediff(first_date, second_date, datepart) -%}
  {%- set first = 'CAST(' ~ first_date ~ ' AS TIMESTAMP)' -%}
  {%- set second = 'CAST(' ~ second_date ~ ' AS TIMESTAMP)' -%}
  {%- if datepart == 'year' -%}{{ return('(year(' ~ second ~ ') - year(' ~ first ~ '))') }}
  {%- elif datepart == 'quarter' -%}{{ return('(' ~ datediff(first_date, second_date, 'year') ~ ' * 4) + quarter(' ~ second ~ ') - quarter(' ~ first ~ ')') }}
  {%- elif datepart == 'month' -%}{{ return('(' ~ datediff(first_date, second_date, 'year') ~ ' * 12) + month(' ~ second ~ ') - month(' ~ first ~ ')') }}
  {%- elif datepart == 'day' -%}{{ return('((to_milliseconds((CAST(' ~ second ~ ' AS DATE) - CAST(' ~ first ~ ' AS DATE)))) / 86400000)') }}
  {%- elif datepart == 'hour' -%}{{ return('(' ~ datediff(first_date, second_date, 'day') ~ ' * 24 + hour(' ~ second ~ ') - hour(' ~ first ~ '))') }}
  {%- elif datepart == 'minute' -%}{{ return('((' ~ datediff(first_date, second_date, 'hour') ~ ' * 60) + minute(' ~ second ~ ') - minute(' ~ first ~ '))') }}
  {%- elif datepart == 'second' -%}{{ return('((' ~ datediff(first_date, second_date, 'minute') ~ ' * 60) + second(' ~ second ~ ') - second(' ~ first ~ '))') }}
  {%- else -%}{{ exceptions.raise_compiler_error('datediff() by ' ~ datepart ~ ' is not supported by the embedded dbt on Trino: use year, quarter, month, day, hour, minute or second') }}
  {%- endif -%}
{%- endmacro %}

{% macro last_day(date, datepart) %}{{ return(adapter.dispatch('last_day', 'dbt')(date, datepart)) }}{% endmacro %}
{% macro default__last_day(date, datepart) %}{{ return('cast(\n        ' ~ dateadd('day', '-1', dateadd(datepart, '1', date_trunc(datepart, date))) ~ '\n        as date)') }}{% endmacro %}

{% macro current_timestamp() %}{{ return(adapter.dispatch('current_timestamp', 'dbt')()) }}{% endmacro %}
{% macro default__current_timestamp() %}{{ return('now()') }}{% endmacro %}
{% macro trino__current_timestamp() %}{{ return('current_timestamp') }}{% endmacro %}
