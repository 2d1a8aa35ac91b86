-- Alarms from what other systems send: where each came from, when its sender took it back, and whole bodies of what was refused.
-- A body that was sent again keeps its state: replicas of the release before still rely on the indexes by state.
alter table alarm
    add column source         text,
    add column clear_key      text,
    add column cleared_at     timestamptz,
    add column clear_noted_at timestamptz,
    add column headers        jsonb,
    add column errors         jsonb,
    add column body_digest    text,
    add column whole          boolean     not null default false,
    add column repeats        integer     not null default 0,
    add column resent_at      timestamptz,
    add constraint alarm_cleared_and_noted check ((cleared_at is null) = (clear_noted_at is null)),
    add constraint alarm_resent_was_refused check (resent_at is null or state = 'REJECTED');

-- What a clear takes back.
create index alarm_to_clear on alarm (source, clear_key) where clear_key is not null;

-- Senders send what was refused over and over: it stands once, and is counted.
create unique index alarm_refused_body_once on alarm (source, body_digest)
    where state = 'REJECTED' and resent_at is null and body_digest is not null;
