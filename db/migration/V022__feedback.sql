-- What people said of a verdict, and what helped. Nothing is ever changed here: of two answers to one diagnosis the newer counts. What was
-- judged stands beside it, so that neither the memory nor the accuracy has to open a judgement.
create table feedback (
    number            bigint generated always as identity primary key,
    diagnosis_id      uuid        not null references diagnosis (id) on delete cascade,
    said_at           timestamptz not null,
    actor             text        not null,
    verdict           text        not null check (verdict in ('RIGHT', 'PARTLY', 'WRONG')),
    actual_cause      text,
    helped            jsonb       not null default '[]',
    note              text,
    repaired_at       timestamptz,
    outcome           text        not null,
    cause             text        not null,
    knowledge_version text        not null,
    concluded_at      timestamptz not null,
    fingerprint       text,
    kind_fingerprint  text,
    check (verdict <> 'WRONG' or actual_cause is not null)
);

create index feedback_newest on feedback (diagnosis_id, number desc);
create index feedback_of_fingerprint on feedback (fingerprint, concluded_at) where fingerprint is not null;
create index feedback_of_kind_fingerprint on feedback (kind_fingerprint, concluded_at) where kind_fingerprint is not null;
create index feedback_concluded on feedback (concluded_at);
