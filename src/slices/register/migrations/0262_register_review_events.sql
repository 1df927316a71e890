-- The answers to successions so far, as events of their path (0260_path_event.sql). succession_review keeps the days that
-- were given, by the version of the register that each answer made.
INSERT INTO path_event (kind, record, version, move, from_state, to_state, at, actor, actor_name, sentence, reason)
SELECT 'succession', CAST(r.succession AS TEXT),
  1 + (SELECT COUNT(*) FROM succession_review q WHERE q.succession = r.succession AND q.id <= r.id),
  CASE r.review WHEN 'accepted' THEN 'accept' ELSE 'reject' END,
  COALESCE((SELECT q.review FROM succession_review q WHERE q.succession = r.succession AND q.id < r.id
            ORDER BY q.id DESC LIMIT 1), 'proposed'),
  r.review,
  -- days since 1970, by the calendar of the Fliegel and Van Flandern formula, and the time of the day
  (((CAST(substr(r.at, 9, 2) AS BIGINT) - 32075
     + 1461 * (CAST(substr(r.at, 1, 4) AS BIGINT) + 4800 + (CAST(substr(r.at, 6, 2) AS BIGINT) - 14) / 12) / 4
     + 367 * (CAST(substr(r.at, 6, 2) AS BIGINT) - 2 - (CAST(substr(r.at, 6, 2) AS BIGINT) - 14) / 12 * 12) / 12
     - 3 * ((CAST(substr(r.at, 1, 4) AS BIGINT) + 4900 + (CAST(substr(r.at, 6, 2) AS BIGINT) - 14) / 12) / 100) / 4)
    - 2440588) * 24 + CAST(substr(r.at, 12, 2) AS BIGINT)) * 3600000
    + CAST(substr(r.at, 15, 2) AS BIGINT) * 60000 + CAST(substr(r.at, 18, 2) AS BIGINT) * 1000
    + CAST(substr(r.at, 21, 3) AS BIGINT),
  r.actor, r.actor,
  CASE r.review WHEN 'accepted' THEN 'Accepted.' ELSE 'Rejected.' END
    || CASE WHEN r.reason = '' THEN '' ELSE ' Reason: ' || r.reason END,
  r.reason
FROM succession_review r
WHERE r.review <> 'proposed'
ORDER BY r.id;
