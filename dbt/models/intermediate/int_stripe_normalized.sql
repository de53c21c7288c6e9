{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='event_id',
) }}

with {{ first_copies(ref('stg_stripe__events')) }},

-- Which object an event is about, and what its payload alone tells.
parsed as (

    select
        first_copies.*,
        case
            when event_type like 'charge.dispute.%' then 'dispute'
            when event_type like 'charge.refund.%' then 'refund'
            when event_type like 'refund.%' then 'refund'
            when event_type like 'charge.%' then 'charge'
            when event_type like 'payment_intent.%' then 'payment'
            when
                event_type in (
                    'invoice.paid',
                    'invoice.payment_succeeded',
                    'invoice.payment_failed'
                )
                then 'payment'
            when event_type like 'customer.subscription.%' then 'subscription'
            else 'other'
        end as object_kind,
        {{ json_text('raw_event', '$.account') }} as account,
        coalesce(
            {{ json_text('raw_event', '$.data.object.captured') }}, 'true'
        ) as captured,
        lower({{ json_text(
            'raw_event',
            '$.data.object.payment_method_details.card.brand',
        ) }}) as card_network,
        coalesce(
            {{ json_bigint('raw_event', '$.data.object.amount_captured') }},
            {{ json_bigint('raw_event', '$.data.object.amount_received') }},
            {{ json_bigint('raw_event', '$.data.object.amount_paid') }},
            amount_minor
        ) as moved_minor
    from first_copies

),

-- A payment intent that failed waits for another card: its event says so, its
-- status does not. A charge that was only authorised has moved nothing yet.
staged as (

    select
        parsed.*,
        case
            when event_type = 'payment_intent.succeeded' then 'captured'
            when event_type = 'payment_intent.payment_failed' then 'failed'
            when event_type = 'payment_intent.canceled' then 'canceled'
            when event_type = 'invoice.payment_failed' then 'failed'
            when event_type like 'invoice.%' then 'captured'
            when event_type = 'charge.failed' then 'failed'
            when event_type = 'charge.expired' then 'canceled'
            when event_type = 'charge.captured' then 'captured'
            when provider_status = 'failed' then 'failed'
            when provider_status in ('canceled', 'cancelled') then 'canceled'
            when provider_status in ('pending', 'processing') then 'pending'
            when provider_status = 'requires_capture' then 'authorized'
            when provider_status like 'requires_%' then 'awaiting_customer'
            when captured = 'false' then 'authorized'
            when provider_status = 'succeeded' then 'captured'
            when event_type = 'charge.succeeded' then 'captured'
            else 'unknown'
        end as lifecycle
    from parsed

),

final as (

    select
        event_id,
        event_type,
        created_at,
        'stripe' as provider,
        'stripe:' || coalesce(payment_ref, object_id, event_id) as payment_key,
        case when object_kind = 'charge' then object_id end as charge_id,
        object_kind,
        coalesce(
            customer_ref,
            'cus_unknown_' || coalesce(object_id, event_id)
        ) as customer_id,
        coalesce(account, '{{ var("stripe_merchant_id") }}') as merchant_id,
        case
            when object_kind not in ('charge', 'payment') then amount_minor
            when lifecycle = 'captured' then moved_minor
            else amount_minor
        end as amount_minor,
        currency,
        case
            when object_kind not in ('charge', 'payment') then 'OTHER'
            when lifecycle = 'captured' then 'SUCCESS'
            when lifecycle = 'failed' then 'FAILED'
            else 'OTHER'
        end as status,
        case
            when object_kind in ('charge', 'payment') then lifecycle
        end as lifecycle,
        provider_status,
        failure_code,
        card_network,
        kafka_partition,
        kafka_offset,
        ingested_at,
        source_row_count
    from staged

)

select * from final
