// An identifier is found by its kind and ref together, 'device 3kf...'; scans go along it.
CREATE CONSTRAINT identifier_key IF NOT EXISTS FOR (i:Identifier) REQUIRE i.key IS UNIQUE
