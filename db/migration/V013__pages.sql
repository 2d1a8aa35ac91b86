-- A list shows of each diagnosis its verdict and what needs repair. The whole judgement is a hundred times that, and lies outside of the
-- row: fifty of them would be unpacked for one page. The database derives these columns itself, whoever writes the judgement.
alter table diagnosis
    add column verdict jsonb generated always as (judgement -> 'verdict') stored,
    add column repair_causes jsonb generated always as
        (jsonb_path_query_array(judgement, '$.remediation[*] ? (@.cause != null && @.node != null).cause.value')) stored,
    add column repair_nodes jsonb generated always as
        (jsonb_path_query_array(judgement, '$.remediation[*] ? (@.cause != null && @.node != null).node.value')) stored;

-- For each filter an index in the order of the list, so that the first page of what is rare needs no walk over all the others. They are
-- partial where they can be: what is still to be judged, and so each alarm that comes in, has no part in them.
create index diagnosis_newest_of_node on diagnosis (node_id, queued_at desc, id desc);
create index diagnosis_newest_of_cause on diagnosis (cause, queued_at desc, id desc) where cause is not null;
create index diagnosis_newest_of_family on diagnosis (family, queued_at desc, id desc) where family is not null;
create index diagnosis_newest_of_outcome on diagnosis (outcome, queued_at desc, id desc) where outcome is not null;
create index diagnosis_newest_without_verdict on diagnosis (status, queued_at desc, id desc) where status <> 'COMPLETED';
