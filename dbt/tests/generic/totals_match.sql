{# The currencies in which two models do not have the same total, to the last
   minor unit.

   total, other_total: expressions over a row of model and of other #}
{% test totals_match(model, total, other, other_total) %}

with ours as (

    select
        currency,
        cast(sum({{ total }}) as bigint) as total
    from {{ model }}
    group by currency

),

theirs as (

    select
        currency,
        cast(sum({{ other_total }}) as bigint) as total
    from {{ other }}
    group by currency

)

select
    coalesce(ours.currency, theirs.currency) as currency,
    ours.total as total,
    theirs.total as other_total
from ours
full outer join theirs
    on ours.currency = theirs.currency
where coalesce(ours.total, 0) <> coalesce(theirs.total, 0)

{% endtest %}
