-- On what a comment was made: the draft may be changed after a consultation is taken back. What comments were asked on is kept
-- beside the decision, for those who were asked. Empty in rows that are older.
ALTER TABLE funding_decision_comment ADD COLUMN about_name TEXT NOT NULL DEFAULT '';
ALTER TABLE funding_decision_comment ADD COLUMN proposal TEXT NOT NULL DEFAULT '';
ALTER TABLE funding_decision ADD COLUMN asked_title TEXT;
ALTER TABLE funding_decision ADD COLUMN asked_area TEXT;
ALTER TABLE funding_decision ADD COLUMN asked_scheme BIGINT;
ALTER TABLE funding_decision ADD COLUMN asked_scheme_version BIGINT;
