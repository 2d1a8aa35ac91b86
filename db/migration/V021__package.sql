-- The secret from which the pseudonyms of all packages come. Drawn here once; whoever has it can tell who stands behind a pseudonym.
create table package_secret (
    one    boolean primary key default true check (one),
    secret bytea   not null check (length(secret) >= 32)
);
insert into package_secret (secret)
values (sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));
