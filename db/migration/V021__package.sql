-- What a diagnosis of nodes was about, as it was judged: its nodes as the inventory had them then, how far we came into each, the window, and
-- what the alarms told. A package is made of it, so that it is judged alike wherever it is read.
create table asked (
    diagnosis_id uuid  primary key references diagnosis (id) on delete cascade,
    content      jsonb not null
);

-- The secret from which the pseudonyms of all packages come. Drawn here once; whoever has it can tell who stands behind a pseudonym.
create table package_secret (
    one    boolean primary key default true check (one),
    secret bytea   not null check (length(secret) >= 32)
);
insert into package_secret (secret)
values (sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));
