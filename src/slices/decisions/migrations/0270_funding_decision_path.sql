-- What was done to decisions goes into the one table of events, row by row: each raised the version of its decision by one, and
-- what came before an agreement or a superseding says from where it led. Nothing of the old rows is left out.
INSERT INTO path_event (kind, record, version, move, from_state, to_state, at, actor, actor_name, sentence, reason)
SELECT 'funding-decision', CAST(e.decision AS TEXT),
  (SELECT COUNT(*) FROM funding_decision_event b WHERE b.decision = e.decision AND b.id <= e.id),
  e.what,
  CASE e.what
    WHEN 'consult' THEN 'draft'
    WHEN 'take-back' THEN 'consultation'
    WHEN 'withdraw' THEN 'agreed'
    WHEN 'freeze' THEN 'agreed'
    WHEN 'publish' THEN 'frozen'
    WHEN 'agree' THEN CASE WHEN (SELECT b.what FROM funding_decision_event b WHERE b.decision = e.decision AND b.id < e.id
                                 ORDER BY b.id DESC LIMIT 1) = 'consult' THEN 'consultation' ELSE 'draft' END
    WHEN 'supersede' THEN CASE WHEN (SELECT b.what FROM funding_decision_event b WHERE b.decision = e.decision AND b.id < e.id
                                     ORDER BY b.id DESC LIMIT 1) = 'publish' THEN 'published' ELSE 'frozen' END
    ELSE 'draft'
  END,
  CASE e.what
    WHEN 'consult' THEN 'consultation'
    WHEN 'agree' THEN 'agreed'
    WHEN 'freeze' THEN 'frozen'
    WHEN 'publish' THEN 'published'
    WHEN 'supersede' THEN 'superseded'
    ELSE 'draft'
  END,
  e.at, e.actor, e.actor_name, e.sentence, e.note
FROM funding_decision_event e
ORDER BY e.id;

DROP TABLE funding_decision_event;
