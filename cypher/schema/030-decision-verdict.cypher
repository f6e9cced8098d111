// Verdicts are counted at each look at the figures.
CREATE INDEX decision_verdict IF NOT EXISTS FOR (d:Decision) ON (d.verdict)
