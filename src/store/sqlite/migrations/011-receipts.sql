-- What a decision was taken on, frozen (src/receipts/receipt.ts).
CREATE TABLE receipt (
  decision TEXT PRIMARY KEY,
  body TEXT NOT NULL
) STRICT;
