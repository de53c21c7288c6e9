{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='event_id',
) }}

with {{ first_copies(ref('stg_square__events')) }},

-- Which object an event is about, and what its payload alone tells. A card on
-- file that is declined for an invoice leaves no payment behind: the invoice's
-- event is all there is of that charge.
parsed as (

    select
        first_copies.*,
        case
            when event_type like 'payment.%' then 'charge'
            when event_type = 'invoice.scheduled_charge_failed' then 'charge'
            when event_type like 'refund.%' then 'refund'
            when event_type like 'dispute.%' then 'dispute'
            when event_type like 'subscription.%' then 'subscription'
            else 'other'
        end as object_kind,
        event_type like 'invoice.%' as is_invoice,
        {{ json_text('raw_event', '$.merchant_id') }} as account,
        lower({{ json_text(
            'raw_event',
            '$.data.object.payment.card_details.card.card_brand',
        ) }}) as card_network
    from first_copies

),

staged as (

    select
        parsed.*,
        case
            when is_invoice then 'failed'
            when provider_status = 'completed' then 'captured'
            when provider_status = 'failed' then 'failed'
            when provider_status in ('canceled', 'cancelled') then 'canceled'
            when provider_status = 'approved' then 'authorized'
            when provider_status = 'pending' then 'pending'
            else 'unknown'
        end as lifecycle,
        case
            when is_invoice then event_id
            else coalesce(object_id, payment_ref, event_id)
        end as charge_id
    from parsed

),

final as (

    select
        event_id,
        event_type,
        created_at,
        'square' as provider,
        'square:' || case
            when object_kind = 'charge' then charge_id
            else coalesce(payment_ref, object_id, event_id)
        end as payment_key,
        case when object_kind = 'charge' then charge_id end as charge_id,
        object_kind,
        coalesce(
            customer_ref,
            'cus_unknown_' || coalesce(object_id, event_id)
        ) as customer_id,
        coalesce(account, 'mer_unknown') as merchant_id,
        amount_minor,
        currency,
        case
            when object_kind <> 'charge' then 'OTHER'
            when lifecycle = 'captured' then 'SUCCESS'
            when lifecycle = 'failed' then 'FAILED'
            else 'OTHER'
        end as status,
        case when object_kind = 'charge' then lifecycle end as lifecycle,
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
