-- Diagnoses go by age, the oldest first, and with them the alarms that they looked after: an accepted alarm without its diagnosis is one that was
-- lost.
alter table alarm drop constraint alarm_diagnosis_id_fkey;
alter table alarm add constraint alarm_diagnosis_id_fkey foreign key (diagnosis_id) references diagnosis (id)
    on delete cascade deferrable initially deferred;

-- Whatever refers to a diagnosis is found by it, or each one that goes would read the whole table.
create index request_key_of_diagnosis on request_key (diagnosis_id);
