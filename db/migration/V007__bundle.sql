-- A bundle that was collected by hand is judged for itself: it neither joins an open diagnosis nor keeps one from being opened.
drop index diagnosis_one_open_per_instance;
create unique index diagnosis_one_open_per_instance on diagnosis (instance_id)
    where status in ('QUEUED', 'RUNNING') and mode = 'SSH';

-- What a bundle is about: its nodes, its time, what was read and what was left aside. What was read of it, without secrets, stands
-- in capture (attempt 0); the bundle's own bytes are kept nowhere.
create table bundle (
    diagnosis_id uuid primary key references diagnosis (id) on delete cascade,
    content      jsonb not null
);
