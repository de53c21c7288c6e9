{%- set tables = [
    ('recoup', 'payment_charges'),
    ('recoup', 'payment_refunds'),
    ('recoup', 'payment_disputes'),
    ('recoup', 'payment_subscriptions'),
    ('stripe', 'stripe_payments'),
    ('square', 'square_payments'),
] -%}

-- A record is its place in its topic, however often it was written.
with quarantined as (

    {% for source_name, table in tables %}
    select
        '{{ table }}' as table_name,
        kafka_topic,
        kafka_partition,
        kafka_offset,
        quarantined_at,
        rejection_reason
    from {{ source(source_name, 'quarantine_' ~ table) }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

final as (

    select
        table_name,
        kafka_topic,
        kafka_partition,
        kafka_offset,
        rejection_reason,
        min(quarantined_at) as quarantined_at
    from quarantined
    group by
        table_name,
        kafka_topic,
        kafka_partition,
        kafka_offset,
        rejection_reason

)

select * from final
