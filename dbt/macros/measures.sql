{# A sum as bigint (DuckDB's is wider), 0 over no rows. #}
{% macro total(expression) -%}
    coalesce(cast(sum({{ expression }}) as bigint), 0)
{%- endmacro %}

{# How many rows meet a condition. #}
{% macro count_where(condition) -%}
    count(case when {{ condition }} then 1 end)
{%- endmacro %}

{# A share or an average as double: NULL without a whole. Integers divided by
   integers would be cut in Trino. #}
{% macro ratio(part, whole) -%}
    cast({{ part }} as double) / nullif({{ whole }}, 0)
{%- endmacro %}

{# Minor units as major ones, exact to the currency's last digit. #}
{% macro major_units(minor, minor_per_major) -%}
    cast(
        cast({{ minor }} as decimal(18, 2)) / {{ minor_per_major }}
        as decimal(18, 2)
    )
{%- endmacro %}

{# Wilson's score interval of a share, at 95 % (z = 1.96): it holds for few
   rows and for shares near 0 and 1, where the normal interval does not. NULL
   without trials. side: '-' for the lower bound, '+' for the upper. #}
{% macro wilson_bound(successes, trials, side) -%}
    (
        {{ ratio(successes, trials) }}
        + 1.9208e0 / nullif({{ trials }}, 0)
        {{ side }} 1.96e0 * sqrt(
            (
                {{ ratio(successes, trials) }}
                * (1e0 - {{ ratio(successes, trials) }})
                + 0.9604e0 / nullif({{ trials }}, 0)
            ) / nullif({{ trials }}, 0)
        )
    ) / (1e0 + 3.8416e0 / nullif({{ trials }}, 0))
{%- endmacro %}
