-- Every publication stays choosable. What a publication says by crime type is kept beside it (empty: to be read from its counts); a file of
-- populations no longer puts the others out of the way, so only of tables with editions does one count.
ALTER TABLE evidence_publication ADD COLUMN types TEXT NOT NULL DEFAULT '';

DROP INDEX evidence_dataset_that_counts;

CREATE UNIQUE INDEX evidence_dataset_that_counts ON evidence_dataset (kind, label) WHERE state = 'counts' AND kind = 'table-c2';

-- An upload that was read and waits for its answer: what it would change.
CREATE TABLE evidence_reading (
  token TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('police', 'population', 'table-c2')),
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  read_at TEXT NOT NULL,
  read_by TEXT NOT NULL,
  sentence TEXT NOT NULL
);

CREATE TABLE evidence_reading_change (
  token TEXT NOT NULL REFERENCES evidence_reading (token),
  position BIGINT NOT NULL,
  kind TEXT NOT NULL,
  about_key TEXT NOT NULL,
  about TEXT NOT NULL,
  counts_now TEXT NOT NULL,
  counts_then TEXT NOT NULL,
  rows_now BIGINT,
  rows_then BIGINT,
  outcome TEXT NOT NULL,
  asks TEXT NOT NULL,
  offered BIGINT NOT NULL CHECK (offered IN (0, 1)),
  PRIMARY KEY (token, position)
);
