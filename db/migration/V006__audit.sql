-- Who changed what. Written in the transaction of the change itself.
create table audit (
    id      uuid primary key,
    at      timestamptz not null,
    actor   text        not null,
    address text,
    action  text        not null,
    target  text        not null,
    before  jsonb,
    after   jsonb
);

create index audit_newest on audit (at desc, id desc);
create index audit_newest_of_target on audit (target, at desc, id desc);
