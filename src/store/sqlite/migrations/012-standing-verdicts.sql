-- Verdicts that were not taken back are counted at each look at the figures.
CREATE INDEX decision_standing ON decision (json_extract(body, '$.verdict'))
  WHERE json_extract(body, '$.retractedAt') IS NULL;
