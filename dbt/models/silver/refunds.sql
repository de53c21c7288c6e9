{{ config(
    incremental_strategy='delete+insert',
    unique_key='refund_id',
) }}

with {{ last_events(ref('stg_recoup__refunds'), 'refund_id') }},

final as (

    select
        refund_id,
        payment_id,
        charge_id,
        customer_id,
        merchant_id,
        provider,
        amount_minor,
        currency,
        status,
        reason,
        failure_reason,
        first_event_at as created_at,
        created_at as updated_at,
        event_id as last_event_id,
        event_type as last_event_type,
        event_count,
        source_row_count
    from last_events

)

select * from final
