{# The keys of an incremental model that have to be made anew.

   Bronze only grows, so a key that was made from as many bronze rows as there
   are now is as it was; every other key is made anew from all its rows. There
   is no clock and no watermark in it: in whatever order and however late rows
   come, the tables become what one build from scratch would make.

   rows:      the CTE to read
   key:       its column that is the model's unique_key
   row_count: how many bronze rows a row of the CTE stands for #}
{% macro keys_to_build(rows, key, row_count='1') -%}
    select found.{{ key }}
    from (
        select
            {{ key }},
            cast(sum({{ row_count }}) as bigint) as source_row_count
        from {{ rows }}
        group by {{ key }}
    ) as found
    left join (
        select
            {{ key }},
            max(source_row_count) as source_row_count
        from {{ this }}
        group by {{ key }}
    ) as built
        on found.{{ key }} = built.{{ key }}
    where
        built.{{ key }} is null
        or built.source_row_count <> found.source_row_count
{%- endmacro %}
