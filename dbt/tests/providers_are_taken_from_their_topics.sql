-- Charges of Stripe and Square that were taken from Recoup's own events,
-- although these providers have topics of their own.
with charges as (

    select * from {{ ref('unified_payments') }}

),

final as (

    select *
    from charges
    where
        (provider in ('stripe', 'square') and charge_id is null
            and payment_key like 'recoup:%')
        or (provider not in ('stripe', 'square')
            and payment_key not like 'recoup:%')

)

select * from final
