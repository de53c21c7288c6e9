with events as (

    select * from {{ ref('payments') }}

),

attempts as (

    select * from {{ ref('int_payment_attempts') }}

),

-- Each result in the hour in which it came: a decline and the money that came
-- in otherwise later may be of one attempt.
results as (

    select
        date_trunc('hour', succeeded_at) as hour_at,
        currency,
        provider,
        1 as succeeded,
        0 as declined,
        0 as blocked,
        collected_minor,
        0 as declined_minor,
        0 as events,
        0 as flagged_events
    from attempts
    where is_succeeded
    union all
    select
        date_trunc('hour', declined_at) as hour_at,
        currency,
        provider,
        0 as succeeded,
        1 as declined,
        0 as blocked,
        0 as collected_minor,
        amount_minor as declined_minor,
        0 as events,
        0 as flagged_events
    from attempts
    where is_declined
    union all
    select
        date_trunc('hour', first_event_at) as hour_at,
        currency,
        provider,
        0 as succeeded,
        0 as declined,
        1 as blocked,
        0 as collected_minor,
        0 as declined_minor,
        0 as events,
        0 as flagged_events
    from attempts
    where is_blocked
    union all
    select
        date_trunc('hour', created_at) as hour_at,
        currency,
        provider,
        0 as succeeded,
        0 as declined,
        0 as blocked,
        0 as collected_minor,
        0 as declined_minor,
        1 as events,
        case when validation_flag is null then 0 else 1 end as flagged_events
    from events

),

final as (

    select
        hour_at,
        currency,
        provider,
        {{ total('succeeded') }} as succeeded,
        {{ total('declined') }} as declined,
        {{ total('blocked') }} as blocked,
        {{ ratio(total('succeeded'), total('succeeded + declined')) }}
            as success_rate,
        {{ total('collected_minor') }} as collected_minor,
        {{ total('declined_minor') }} as declined_minor,
        {{ total('events') }} as events,
        {{ total('flagged_events') }} as flagged_events,
        {{ ratio(total('flagged_events'), total('events')) }} as flagged_rate
    from results
    group by hour_at, currency, provider

)

select * from final
