// What a decision was taken on.
CREATE CONSTRAINT receipt_decision IF NOT EXISTS FOR (r:Receipt) REQUIRE r.decision IS UNIQUE
