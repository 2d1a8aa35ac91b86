-- What the alarm told besides its time: rows V3 and M1 are judged by it.
alter table diagnosis add column cluster_status text;
alter table diagnosis add column vm_events jsonb not null default '[]';
