-- What alarms told that joined an open diagnosis: [{"node", "clusterStatus", "vmEvents"}], in the order in which they came.
-- It stands in the diagnosis' own row, so that a diagnosis is never concluded without what had joined it by then.
alter table diagnosis add column joined_told jsonb not null default '[]';
