with disputes as (

    select * from {{ source('recoup', 'payment_disputes') }}

),

final as (

    select
        event_id,
        event_type,
        created_at,
        dispute_id,
        payment_id,
        charge_id,
        customer_id,
        merchant_id,
        coalesce(provider, 'recoup') as provider,
        amount_minor,
        currency,
        status,
        reason,
        network_reason_code,
        evidence_due_at,
        kafka_partition,
        kafka_offset,
        ingested_at
    from disputes

)

select * from final
