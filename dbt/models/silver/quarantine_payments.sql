{{ config(
    incremental_strategy='delete+insert',
    unique_key='event_id',
) }}

with charges as (

    select * from {{ ref('int_charges_checked') }}

),

rejected_events as (

    select distinct event_id
    from charges
    where rejection_reason is not null

),

copies as (

    select * from charges
    where event_id in (select event_id from rejected_events)

),

{% if is_incremental() -%}
changed_events as (

    {{ keys_to_build('copies', 'event_id') }}

),
{%- endif %}

numbered as (

    select
        copies.*,
        row_number() over (
            partition by event_id
            order by
                case when rejection_reason is null then 1 else 0 end,
                kafka_partition,
                kafka_offset,
                ingested_at
        ) as copy_number,
        count(*) over (partition by event_id) as source_row_count,
        count(case when rejection_reason is null then 1 end)
            over (partition by event_id) as valid_row_count
    from copies
    {% if is_incremental() -%}
    where event_id in (select event_id from changed_events)
    {%- endif %}

),

final as (

    select
        event_id,
        event_type,
        created_at,
        payment_id,
        customer_id,
        merchant_id,
        provider,
        amount_minor,
        currency,
        attempt,
        failure_code,
        rejection_reason,
        -- A corrected copy that passed is in payments; this row is history.
        valid_row_count > 0 as is_resolved,
        kafka_partition,
        kafka_offset,
        ingested_at,
        source_row_count
    from numbered
    where copy_number = 1

)

select * from final
