-- Conditions of plans know the rule of an alarm by its id, so that one that is renamed goes on asking for work; they knew its name. Owned by features/advisory.
-- One that no rule of the type has, or several have, stays as it is and holds by name.
update maintenance_plan p set
  tasks = (
    select coalesce(jsonb_agg(coalesce(jsonb_set(task, '{condition,code}', to_jsonb(rule.id)), task) order by place), '[]')
    from jsonb_array_elements(p.tasks) with ordinality as element (task, place)
    left join lateral (
      select min(id::text) as id from alarm_rule
      where type_id = p.type_id and company_id is null
        and task -> 'condition' ->> 'kind' = 'alarm' and task -> 'condition' ->> 'code' in (name_zh, name_en)
      having count(*) = 1
    ) rule on true
  ),
  advice = (
    select coalesce(jsonb_agg(coalesce(jsonb_set(advised, '{when,code}', to_jsonb(rule.id)), advised) order by place), '[]')
    from jsonb_array_elements(p.advice) with ordinality as element (advised, place)
    left join lateral (
      select min(id::text) as id from alarm_rule
      where type_id = p.type_id and company_id is null
        and advised -> 'when' ->> 'kind' = 'alarm' and advised -> 'when' ->> 'code' in (name_zh, name_en)
      having count(*) = 1
    ) rule on true
  );
