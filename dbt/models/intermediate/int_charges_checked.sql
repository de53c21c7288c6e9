-- Layer 2: what no single field shows. The reasons look at one row alone, so a
-- row's answer never changes, whatever comes later.
with charges as (

    select * from {{ ref('stg_recoup__charges') }}

),

final as (

    select
        charges.*,
        {{ joined_reasons([
            (
                'created_at_out_of_range',
                "created_at < " ~ utc_timestamp('2000-01-01 00:00:00')
                ~ " or created_at >= " ~ utc_timestamp('2200-01-01 00:00:00'),
            ),
            ('negative_attempt', 'attempt < 0'),
            (
                'failure_code_on_success',
                "event_type = 'charge.succeeded' and failure_code is not null",
            ),
        ]) }} as rejection_reason
    from charges

)

select * from final
