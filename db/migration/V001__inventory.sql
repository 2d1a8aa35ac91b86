-- Which instances and nodes exist. Only what stands here is ever connected to.
create table instance (
    instance_id text primary key check (instance_id ~ '^[A-Za-z0-9_.:-]{1,64}$'),
    name        text        not null,
    nodes       jsonb       not null,
    updated_at  timestamptz not null
);
