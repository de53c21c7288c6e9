{{ config(
    incremental_strategy='delete+insert',
    unique_key='subscription_id',
) }}

with {{ last_events(ref('stg_recoup__subscriptions'), 'subscription_id') }},

final as (

    select
        subscription_id,
        customer_id,
        merchant_id,
        provider,
        plan_id,
        amount_minor,
        currency,
        billing_interval,
        billing_interval_count,
        status,
        cancel_at_period_end,
        current_period_start_at,
        current_period_end_at,
        first_event_at as created_at,
        created_at as updated_at,
        event_id as last_event_id,
        event_type as last_event_type,
        event_count,
        source_row_count
    from last_events

)

select * from final
