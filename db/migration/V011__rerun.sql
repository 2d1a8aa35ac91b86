-- A diagnosis that was run again: which one it repeats, and from when on log lines testify. What the nodes logged before that is
-- what the first one has judged, and would show a repaired fault once more.
alter table diagnosis add column rerun_of uuid references diagnosis (id) on delete set null;
alter table diagnosis add column evidence_since timestamptz;
create index diagnosis_rerun_of on diagnosis (rerun_of) where rerun_of is not null;
