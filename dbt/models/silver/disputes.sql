{{ config(
    incremental_strategy='delete+insert',
    unique_key='dispute_id',
) }}

with events as (

    select * from {{ ref('stg_recoup__disputes') }}

),

{% if is_incremental() -%}
changed as (

    {{ keys_to_build('events', 'dispute_id') }}

),
{%- endif %}

copies as (

    select
        events.*,
        row_number() over (
            partition by dispute_id, event_id
            order by kafka_partition, kafka_offset, ingested_at
        ) as copy_number,
        count(*) over (partition by dispute_id) as source_row_count
    from events
    {% if is_incremental() -%}
    where dispute_id in (select dispute_id from changed)
    {%- endif %}

),

numbered as (

    select
        copies.*,
        row_number() over (
            partition by dispute_id
            order by
                created_at desc,
                kafka_partition desc,
                kafka_offset desc,
                event_id desc
        ) as event_number,
        count(*) over (partition by dispute_id) as event_count,
        min(created_at) over (partition by dispute_id) as first_event_at
    from copies
    where copy_number = 1

),

final as (

    select
        dispute_id,
        payment_id,
        charge_id,
        customer_id,
        merchant_id,
        provider,
        amount_minor,
        currency,
        status,
        reason,
        network_reason_code,
        evidence_due_at,
        first_event_at as created_at,
        created_at as updated_at,
        event_id as last_event_id,
        event_type as last_event_type,
        event_count,
        source_row_count
    from numbered
    where event_number = 1

)

select * from final
