with payments as (

    select * from {{ ref('fct_payments') }}

),

bounds as (

    select
        min(payment_date) as first_date,
        max(payment_date) as last_date
    from payments

),

thousands as (

    select n from {{ numbers_to(99) }}

),

units as (

    select n from {{ numbers_to(999) }}

),

offsets as (

    select thousands.n * 1000 + units.n as n
    from thousands
    cross join units

),

-- Every day of the payments, also those without one. Layer 2 lets none in from
-- before 2000, so 100,000 days are enough for as long as there are cards.
days as (

    select
        {{ days_after('bounds.first_date', 'offsets.n') }} as date_day
    from bounds
    inner join offsets
        on offsets.n
            <= {{ elapsed('day', 'bounds.first_date', 'bounds.last_date') }}

),

final as (

    select
        date_day,
        cast(extract(year from date_day) as integer) as year_number,
        cast(extract(quarter from date_day) as integer) as quarter_number,
        cast(extract(month from date_day) as integer) as month_number,
        cast(extract(day from date_day) as integer) as day_of_month,
        cast({{ day_of_week('date_day') }} as integer) as day_of_week,
        {{ day_of_week('date_day') }} >= 6 as is_weekend,
        cast(date_trunc('week', date_day) as date) as week_start_date,
        cast(date_trunc('month', date_day) as date) as month_start_date
    from days

)

select * from final
