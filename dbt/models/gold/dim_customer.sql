{{ config(
    properties=sorted_by('customer_id'),
) }}

with payments as (

    select * from {{ ref('fct_payments') }}

),

subscriptions as (

    select * from {{ ref('subscriptions') }}

),

customers_paying as (

    select
        customer_id,
        min(created_at) as first_payment_at,
        max(created_at) as last_payment_at,
        count(*) as payments,
        count(distinct merchant_id) as merchants,
        count(distinct currency) as currencies
    from payments
    group by customer_id

),

customers_subscribed as (

    select
        customer_id,
        count(*) as subscriptions,
        {{ count_where("status = 'active'") }} as active_subscriptions
    from subscriptions
    group by customer_id

),

customers as (

    select customer_id from customers_paying
    union
    select customer_id from customers_subscribed

),

final as (

    select
        customers.customer_id,
        customers.customer_id like 'cus_unknown_%' as is_unknown,
        customers_paying.first_payment_at,
        customers_paying.last_payment_at,
        coalesce(customers_paying.payments, 0) as payments,
        coalesce(customers_paying.merchants, 0) as merchants,
        coalesce(customers_paying.currencies, 0) as currencies,
        coalesce(customers_subscribed.subscriptions, 0) as subscriptions,
        coalesce(customers_subscribed.active_subscriptions, 0)
            as active_subscriptions
    from customers
    left join customers_paying
        on customers.customer_id = customers_paying.customer_id
    left join customers_subscribed
        on customers.customer_id = customers_subscribed.customer_id

)

select * from final
