// A request has one name.
CREATE CONSTRAINT named_request_id IF NOT EXISTS FOR (r:NamedRequest) REQUIRE r.id IS UNIQUE
