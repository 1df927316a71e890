-- The decision whose place another takes when it is published: money of one pot that both give out is counted once.
ALTER TABLE funding_decision ADD COLUMN replaces BIGINT REFERENCES funding_decision (id);

CREATE INDEX funding_decision_by_pot ON funding_decision (pot);
