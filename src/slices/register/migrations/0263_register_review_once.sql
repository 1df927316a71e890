-- Who answered, when and why is an event of the path of the succession (0262_register_review_events.sql), and stands there
-- alone. The answer and its day stay here, by the version of the register that they made.
ALTER TABLE succession_review DROP COLUMN reason;
ALTER TABLE succession_review DROP COLUMN actor;
ALTER TABLE succession_review DROP COLUMN at;
