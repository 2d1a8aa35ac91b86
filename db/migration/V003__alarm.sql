-- Every alarm that was ever sent, also those that were refused.
create table alarm (
    id             uuid primary key,
    alarm_id       text,
    name           text,
    instance_id    text,
    node_id        text,
    vm_id          text,
    severity       text,
    occurred_at    timestamptz,
    cluster_status text,
    vm_events      jsonb       not null default '[]',
    labels         jsonb       not null default '{}',
    state          text        not null check (state in ('OPENED', 'JOINED', 'REJECTED')),
    diagnosis_id   uuid references diagnosis (id) on delete set null,
    problem        text,
    body           text,
    received_at    timestamptz not null,
    check ((state = 'REJECTED') = (problem is not null))
);

-- A repeat is harmless: an accepted alarm about an instance stands once. Senders number their alarms as they like, so the same
-- identifier about another instance is another alarm.
create unique index alarm_accepted_once on alarm (instance_id, alarm_id) where state <> 'REJECTED' and alarm_id is not null;

create index alarm_newest on alarm (received_at desc, id desc);
create index alarm_rejected on alarm (received_at desc, id desc) where state = 'REJECTED';
create index alarm_of_diagnosis on alarm (diagnosis_id);
