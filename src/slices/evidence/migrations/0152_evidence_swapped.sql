-- Rows whose longitude and latitude stand in each other's place: they count, and their positions are not used.
ALTER TABLE evidence_publication ADD COLUMN swapped BIGINT NOT NULL DEFAULT 0;
