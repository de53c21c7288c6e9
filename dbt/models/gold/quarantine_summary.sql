with rejected_by_validation as (

    select * from {{ ref('stg_recoup__quarantined') }}

),

rejected_by_silver as (

    select * from {{ ref('quarantine_payments') }}
    where not is_resolved

),

rejected as (

    select
        'bronze' as layer,
        table_name,
        rejection_reason,
        quarantined_at as rejected_at
    from rejected_by_validation
    union all
    select
        'silver' as layer,
        'payments' as table_name,
        rejection_reason,
        ingested_at as rejected_at
    from rejected_by_silver

),

-- A record with several faults counts once under each.
by_reason as (

    select
        rejected.layer,
        rejected.table_name,
        reasons.reason,
        rejected.rejected_at
    from rejected
    cross join unnest(
        split(coalesce(rejected.rejection_reason, 'unknown'), ';')
    ) as reasons (reason)

),

dated as (

    select
        by_reason.*,
        cast(rejected_at as date) as rejected_date
    from by_reason

),

final as (

    select
        layer,
        table_name,
        reason,
        rejected_date,
        count(*) as records,
        min(rejected_at) as first_rejected_at,
        max(rejected_at) as last_rejected_at
    from dated
    group by layer, table_name, reason, rejected_date

)

select * from final
