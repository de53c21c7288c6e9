with attempts as (

    select * from {{ ref('int_payment_attempts') }}
    where is_tried

),

-- What became of a decline is what the next attempt brought.
followed as (

    select
        payment_id,
        currency,
        failure_code,
        coalesce(card_network, 'unknown') as network,
        is_declined,
        is_succeeded as is_collected_otherwise,
        amount_minor,
        declined_at,
        lead(attempt) over (
            partition by payment_id, currency
            order by attempt
        ) as next_attempt,
        lead(is_succeeded) over (
            partition by payment_id, currency
            order by attempt
        ) as is_next_succeeded,
        lead(collected_minor) over (
            partition by payment_id, currency
            order by attempt
        ) as next_collected_minor,
        lead(first_event_at) over (
            partition by payment_id, currency
            order by attempt
        ) as next_at
    from attempts

),

declines as (

    select
        followed.*,
        next_attempt is not null as is_retried,
        coalesce(is_next_succeeded, false) as is_retry_succeeded,
        case
            when next_at >= declined_at
                then {{ elapsed('second', 'declined_at', 'next_at') }}
        end as seconds_to_retry
    from followed
    where is_declined

),

final as (

    select
        failure_code,
        network,
        currency,
        count(*) as declines,
        count(distinct payment_id) as declined_payments,
        {{ count_where('is_retried') }} as retries,
        {{ count_where('is_retry_succeeded') }} as succeeded_retries,
        {{ count_where('is_collected_otherwise') }} as collected_otherwise,
        {{ ratio(
            count_where('is_retry_succeeded'), count_where('is_retried')
        ) }} as retry_success_rate,
        {{ wilson_bound(
            count_where('is_retry_succeeded'), count_where('is_retried'), '-'
        ) }} as retry_success_rate_lower,
        {{ wilson_bound(
            count_where('is_retry_succeeded'), count_where('is_retried'), '+'
        ) }} as retry_success_rate_upper,
        {{ ratio(
            total('seconds_to_retry'),
            '3600 * count(seconds_to_retry)'
        ) }} as average_hours_to_retry,
        {{ total('amount_minor') }} as declined_minor,
        {{ total(
            'case when is_retry_succeeded then next_collected_minor end'
        ) }} as retry_collected_minor
    from declines
    group by failure_code, network, currency

)

select * from final
