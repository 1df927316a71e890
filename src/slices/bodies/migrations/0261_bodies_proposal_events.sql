-- Who decided a proposal and why is an event of its path (0260_path_event.sql); the day stays, because the table's own
-- conditions ask for it.
INSERT INTO path_event (kind, record, version, move, from_state, to_state, at, actor, actor_name, sentence, reason)
SELECT 'proposal', CAST(number AS TEXT), version, CASE state WHEN 'enacted' THEN 'enact' ELSE 'withdraw' END,
  'open', state, decided_at, decided_by, decided_by,
  CASE state WHEN 'enacted' THEN 'Enacted' ELSE 'Withdrew' END || ' proposal ' || CAST(number AS TEXT) || ': ' || title,
  decided_reason
FROM bodies_proposal
WHERE state <> 'open'
ORDER BY number;

ALTER TABLE bodies_proposal DROP COLUMN decided_by;

ALTER TABLE bodies_proposal DROP COLUMN decided_reason;
