{{ config(
    incremental_strategy='delete+insert',
    unique_key='payment_key',
) }}

with attempts as (

    select * from {{ ref('int_payment_attempts') }}

),

stripe_events as (

    select * from {{ ref('int_stripe_normalized') }}

),

square_events as (

    select * from {{ ref('int_square_normalized') }}

),

-- Zero is a trial or a set-up: no money was asked for. Without a currency it is
-- not known how much was.
provider_events as (

    select * from stripe_events
    where
        object_kind in ('charge', 'payment')
        and amount_minor > 0
        and currency is not null
    union all
    select * from square_events
    where
        object_kind = 'charge'
        and amount_minor > 0
        and currency is not null

),

provider_rows as (

    select
        payment_key,
        cast(sum(source_row_count) as bigint) as source_row_count
    from provider_events
    group by payment_key

),

-- Stripe and Square have topics of their own and are taken from there only.
own_charges as (

    select
        'recoup:' || payment_id as payment_key,
        'recoup:' || payment_id || ':' || currency
        || ':' || cast(attempt as varchar) as unified_payment_id,
        provider,
        payment_id as provider_payment_id,
        cast(null as varchar) as charge_id,
        customer_id,
        merchant_id,
        amount_minor,
        currency,
        case
            when is_succeeded then 'SUCCESS'
            when is_declined then 'FAILED'
            else 'OTHER'
        end as status,
        case
            when is_succeeded then 'captured'
            when is_declined then 'failed'
            when is_blocked then 'blocked'
            else 'canceled'
        end as lifecycle,
        collected_minor,
        case when not is_succeeded then failure_code end as failure_code,
        card_network,
        first_event_at as created_at,
        coalesce(succeeded_at, declined_at, ended_at, first_event_at)
            as updated_at,
        event_count,
        source_row_count
    from attempts
    where provider not in ('stripe', 'square')

),

own_rows as (

    select
        payment_key,
        max(source_row_count) as source_row_count
    from own_charges
    group by payment_key

),

{% if is_incremental() -%}
all_rows as (

    select * from own_rows
    union all
    select * from provider_rows

),

changed as (

    {{ keys_to_build('all_rows', 'payment_key', 'source_row_count') }}

),
{%- endif %}

events_to_build as (

    select
        provider_events.*,
        bool_or(charge_id is not null)
            over (partition by payment_key) as has_charge
    from provider_events
    {% if is_incremental() -%}
    where payment_key in (select payment_key from changed)
    {%- endif %}

),

-- One row a charge. What a payment intent or an invoice tells counts only where
-- no event tells of the charge itself. A charge that succeeded has succeeded,
-- in whatever order its events came.
numbered as (

    select
        events_to_build.*,
        row_number() over (
            partition by payment_key, charge_id, currency
            order by
                case status
                    when 'SUCCESS' then 1
                    when 'FAILED' then 2
                    else 3
                end,
                created_at desc,
                kafka_partition desc,
                kafka_offset desc,
                event_id desc
        ) as event_number,
        min(created_at)
            over (partition by payment_key, charge_id, currency)
            as first_event_at,
        count(*)
            over (partition by payment_key, charge_id, currency)
            as event_count
    from events_to_build
    where charge_id is not null or not has_charge

),

provider_charges as (

    select
        numbered.payment_key,
        numbered.payment_key
        || coalesce(':' || numbered.charge_id, '')
        || ':' || numbered.currency as unified_payment_id,
        numbered.provider,
        substr(numbered.payment_key, length(numbered.provider) + 2)
            as provider_payment_id,
        numbered.charge_id,
        numbered.customer_id,
        numbered.merchant_id,
        numbered.amount_minor,
        numbered.currency,
        numbered.status,
        numbered.lifecycle,
        case
            when numbered.status = 'SUCCESS' then numbered.amount_minor
            else 0
        end as collected_minor,
        case
            when numbered.status = 'FAILED'
                then coalesce(numbered.failure_code, 'unknown')
        end as failure_code,
        numbered.card_network,
        numbered.first_event_at as created_at,
        numbered.created_at as updated_at,
        numbered.event_count,
        provider_rows.source_row_count
    from numbered
    inner join provider_rows
        on numbered.payment_key = provider_rows.payment_key
    where numbered.event_number = 1

),

own_to_build as (

    select * from own_charges
    {% if is_incremental() -%}
    where payment_key in (select payment_key from changed)
    {%- endif %}

),

final as (

    select * from own_to_build
    union all
    select * from provider_charges

)

select * from final
