-- What the balance is read by, at any time and at no cost: what is neither finished nor on its way.
create index alarm_without_diagnosis on alarm (id) where state <> 'REJECTED' and diagnosis_id is null;
create index diagnosis_open on diagnosis (queued_at) where status in ('QUEUED', 'RUNNING');
create index diagnosis_completed on diagnosis (completed_at) where completed_at is not null;
