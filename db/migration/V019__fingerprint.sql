-- Under which name a fault is remembered, there and of its kind anywhere; written with the judgement, which holds what it is made of. What
-- was concluded before this has none and is not remembered: the knowledge that judged it did not say what a fault is known again by.
alter table diagnosis
    add column fingerprint      text,
    add column kind_fingerprint text;

-- What came before is asked for with each answer. Only what has a verdict with a cause stands in them.
create index diagnosis_of_fingerprint on diagnosis (fingerprint, completed_at desc, id desc) where fingerprint is not null;
create index diagnosis_of_kind_fingerprint on diagnosis (kind_fingerprint, completed_at desc, id desc) where kind_fingerprint is not null;
-- That nothing was wrong any more between two of them.
create index diagnosis_without_fault on diagnosis (instance_id, completed_at) where outcome = 'NO_FAULT_FOUND';
