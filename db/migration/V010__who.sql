-- Under which names a command ran: who logged in, who it ran as, and what changed the one into the other. Null where nothing was run.
alter table capture
    add column login text,
    add column account text,
    add column through text check (through in ('NOTHING', 'SUDO', 'RUNUSER')),
    add constraint capture_who_is_whole check ((login is null) = (account is null) and (login is null) = (through is null));
