with refunds as (

    select * from {{ source('recoup', 'payment_refunds') }}

),

final as (

    select
        event_id,
        event_type,
        created_at,
        refund_id,
        payment_id,
        charge_id,
        customer_id,
        merchant_id,
        coalesce(provider, 'recoup') as provider,
        amount_minor,
        currency,
        status,
        reason,
        failure_reason,
        kafka_partition,
        kafka_offset,
        ingested_at
    from refunds

)

select * from final
