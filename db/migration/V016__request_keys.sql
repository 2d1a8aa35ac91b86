-- What came of a request that carried an Idempotency-Key, so that the same request sent again does nothing again. Kept for a day.
create table request_key (
    sender       text        not null,
    key          text        not null,
    -- What was asked for, as a SHA-256: another wish under the same key is refused.
    fingerprint  text        not null,
    diagnosis_id uuid        not null references diagnosis (id) on delete cascade,
    status       text        not null,
    joined       boolean     not null,
    created_at   timestamptz not null,
    primary key (sender, key)
);
create index request_key_oldest on request_key (created_at);
