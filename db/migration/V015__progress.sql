-- How far a diagnosis is that runs now: which nodes have answered how much. Worth nothing after a crash, so it is not written ahead; it is gone
-- when the diagnosis is over. A table of its own: the alarms that join hold the diagnosis' row.
create unlogged table progress (
    diagnosis_id uuid primary key references diagnosis (id) on delete cascade,
    attempt      int   not null,
    nodes        jsonb not null
);
