-- One case from alarm to verdict. The row is the truth about its state; the job only moves it on.
create table diagnosis (
    id                uuid primary key,
    instance_id       text        not null,
    node_id           text        not null,
    vm_id             text,
    mode              text        not null check (mode in ('SSH', 'OFFLINE')),
    status            text        not null check (status in ('QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED')),
    alarmed_at        timestamptz not null,
    queued_at         timestamptz not null,
    started_at        timestamptz,
    completed_at      timestamptz,
    -- Counts the times a worker took it up. A worker whose number is not the row's any more has lost it.
    attempt           int         not null default 0,
    failure           text,
    outcome           text check (outcome in ('CONFIRMED', 'LIKELY', 'UNDETERMINED', 'NO_FAULT_FOUND')),
    family            text,
    cause             text,
    judgement         jsonb,
    check ((status in ('COMPLETED', 'FAILED', 'CANCELLED')) = (completed_at is not null)),
    check ((status = 'COMPLETED') = (judgement is not null)),
    check ((status = 'COMPLETED') = (outcome is not null))
);

-- At most one open diagnosis for an instance: one incident, one diagnosis over all its nodes.
create unique index diagnosis_one_open_per_instance on diagnosis (instance_id) where status in ('QUEUED', 'RUNNING');

create index diagnosis_newest on diagnosis (queued_at desc, id desc);
create index diagnosis_newest_of_instance on diagnosis (instance_id, queued_at desc, id desc);

-- What came back from the nodes, redacted, otherwise as it came.
create table capture (
    id           uuid primary key,
    diagnosis_id uuid        not null references diagnosis (id) on delete cascade,
    attempt      int         not null,
    ordinal      int         not null,
    node_id      text        not null,
    probe        text        not null,
    arguments    jsonb       not null,
    command      text        not null,
    started_at   timestamptz not null,
    took_millis  bigint      not null,
    exit_status  int,
    reason       text,
    detail       text        not null,
    text         text        not null,
    error_text   text        not null,
    bytes        bigint      not null,
    truncated    boolean     not null,
    unique (diagnosis_id, attempt, ordinal)
);
