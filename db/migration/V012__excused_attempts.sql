-- Attempts that came to no end because the database could not keep their verdict (its disk was full, it went away): that says nothing
-- against the diagnosis, so they do not count as attempts after which it is given up. The attempt itself only ever grows: it tells who
-- may conclude.
alter table diagnosis add column excused int not null default 0;
