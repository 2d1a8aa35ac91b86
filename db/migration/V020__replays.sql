-- What a judgement was made of besides what was captured: the nodes as the inventory had them then, how far we came on the way into
-- each, and from when to when log lines testified. Kept from this release on, so that newer knowledge can judge the same case again.
create table asked (
    diagnosis_id uuid primary key references diagnosis (id) on delete cascade,
    content      jsonb not null
);

-- A list names the knowledge that each verdict came from.
alter table diagnosis
    add column knowledge_version text generated always as (judgement ->> 'knowledgeVersion') stored;

-- Another body of knowledge, run over stored diagnoses before it is used. It stands here as it was handed in: content by path.
create table replay (
    id           uuid primary key,
    requested_at timestamptz not null,
    filter       jsonb       not null,
    candidate    text        not null,
    knowledge    jsonb       not null,
    status       text        not null check (status in ('QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED')),
    -- The knowledge in use while it ran: what the candidate is held against.
    in_use       text,
    -- So often it began anew, because the knowledge in use had changed meanwhile.
    restarts     int         not null default 0,
    started_at   timestamptz,
    completed_at timestamptz,
    failure      text
);
create index replay_newest on replay (requested_at desc, id desc);
create index replay_open on replay (requested_at, id) where status in ('QUEUED', 'RUNNING');

-- Which diagnoses it is about is settled when it is asked for; what came of each is written once.
create table replayed (
    replay_id    uuid not null references replay (id) on delete cascade,
    ordinal      int  not null,
    diagnosis_id uuid not null,
    -- So often somebody began with it: a case that takes the process down with it is left aside in the end.
    tries        int  not null default 0,
    result       text check (result in ('SAME', 'DETAILS', 'OUTCOME', 'NODE', 'CAUSE', 'NOT_REPLAYED')),
    drift        text check (drift in ('SAME', 'DETAILS', 'OUTCOME', 'NODE', 'CAUSE')),
    content      jsonb,
    primary key (replay_id, ordinal)
);
create index replayed_to_do on replayed (replay_id, ordinal) where result is null;
