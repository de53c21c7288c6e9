with payments as (

    select * from {{ ref('fct_payments') }}

),

final as (

    select
        merchant_id,
        min(created_at) as first_payment_at,
        max(created_at) as last_payment_at,
        count(*) as payments,
        count(distinct customer_id) as customers,
        count(distinct currency) as currencies,
        count(distinct provider) as providers
    from payments
    group by merchant_id

)

select * from final
