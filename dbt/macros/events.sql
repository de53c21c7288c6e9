{# Bronze is at-least-once and only grows. These CTEs read what a model has to
   make anew from it; the model's own CTEs follow them.

   rows: the relation of the events
   key:  the model's unique_key #}

{# Each event once, as CTE first_copies: of an event's copies, the first in
   Kafka counts. source_row_count says how many there are. #}
{% macro first_copies(rows, key='event_id') -%}
events as (

    select * from {{ rows }}

),

{% if is_incremental() -%}
changed as (

    {{ keys_to_build('events', key) }}

),

{% endif -%}
copies as (

    select
        events.*,
        row_number() over (
            partition by {{ key }}{{ '' if key == 'event_id' else ', event_id' }}
            order by kafka_partition, kafka_offset, ingested_at
        ) as copy_number,
        count(*) over (partition by {{ key }}) as source_row_count
    from events
    {% if is_incremental() -%}
    where {{ key }} in (select {{ key }} from changed)
    {%- endif %}

),

first_copies as (

    select * from copies
    where copy_number = 1

)
{%- endmacro %}

{# The last event of each object, as CTE last_events, with the time of its first
   and how many there are. #}
{% macro last_events(rows, key) -%}
{{ first_copies(rows, key) }},

numbered as (

    select
        first_copies.*,
        row_number() over (
            partition by {{ key }}
            order by
                created_at desc,
                kafka_partition desc,
                kafka_offset desc,
                event_id desc
        ) as event_number,
        count(*) over (partition by {{ key }}) as event_count,
        min(created_at) over (partition by {{ key }}) as first_event_at
    from first_copies

),

last_events as (

    select * from numbered
    where event_number = 1

)
{%- endmacro %}
