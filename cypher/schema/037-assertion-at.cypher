// What people hold to be true by age.
CREATE INDEX assertion_at IF NOT EXISTS FOR (a:Assertion) ON (a.at)
