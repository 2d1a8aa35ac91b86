-- What we owe people, born in the transaction of the verdict. A ticket always says the newest: what was not told in time is told with it.
create table ticket (
    id            uuid primary key,
    target        text        not null,
    -- What makes two diagnoses the same case.
    case_key      text        not null,
    -- The newest diagnosis that it tells of.
    diagnosis_id  uuid        not null references diagnosis (id) on delete cascade,
    owner         text        not null,
    language      text        not null,
    event         text        not null check (event in ('COMPLETED', 'FAILED', 'CLEARED')),
    action        text        not null check (action in ('OPEN', 'UPDATE', 'RESOLVE')),
    state         text        not null check (state in ('PENDING', 'DELIVERED', 'RESOLVED', 'GIVEN_UP')),
    -- The newest telling, and the newest that the target has.
    revision      int         not null check (revision >= 1),
    delivered     int         not null default 0 check (delivered between 0 and revision),
    -- Whatever happens to the case next is another ticket.
    closed        boolean     not null,
    reference     text,
    link          text,
    -- All attempts that were ever begun, and those since the last acceptance or order to send again.
    begun         int         not null default 0,
    attempts      int         not null default 0,
    -- Not before then; and whether a place among the target's requests is kept for then.
    next_at       timestamptz not null,
    place_kept    boolean     not null default false,
    reason        text,
    created_at    timestamptz not null,
    updated_at    timestamptz not null
);

-- One ticket for a case at a time, whatever two transactions do at once.
create unique index ticket_of_case on ticket (target, case_key) where not closed;
create index ticket_newest on ticket (created_at desc, id desc);
create index ticket_unfinished on ticket (state, next_at) where state in ('PENDING', 'GIVEN_UP');
create index ticket_of_diagnosis on ticket (diagnosis_id);

-- The diagnoses that a ticket tells of, and with which telling each came in.
create table ticket_diagnosis (
    ticket_id    uuid not null references ticket (id) on delete cascade,
    diagnosis_id uuid not null references diagnosis (id) on delete cascade,
    revision     int  not null,
    primary key (ticket_id, diagnosis_id)
);
create index ticket_diagnosis_back on ticket_diagnosis (diagnosis_id);

-- Each attempt, written before it is made: one without a result may or may not have arrived. Never holds a text that was sent or came.
create table delivery (
    ticket_id  uuid        not null references ticket (id) on delete cascade,
    attempt    int         not null,
    revision   int         not null,
    action     text        not null check (action in ('OPEN', 'UPDATE', 'RESOLVE')),
    started_at timestamptz not null,
    took_ms    bigint,
    status     int,
    result     text check (result in ('ACCEPTED', 'LATER', 'SILENT', 'REFUSED', 'GONE')),
    reason     text,
    primary key (ticket_id, attempt)
);

-- What is known of a target over all replicas.
create table target_state (
    name            text primary key,
    disabled_at     timestamptz,
    disabled_reason text,
    last_success_at timestamptz
);

-- For each rate of a target: when it has recovered from all requests that it was promised (GCRA's theoretical arrival time).
create table target_rate (
    name       text        not null,
    rate       text        not null,
    arrival_at timestamptz not null,
    primary key (name, rate)
);
