-- An alarm that opens a diagnosis is written first, for it may be a repeat, and names the diagnosis that is written next.
alter table alarm alter constraint alarm_diagnosis_id_fkey deferrable initially deferred;
