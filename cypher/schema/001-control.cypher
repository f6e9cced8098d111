// One node a name for what there is one of: the schema, the key, the state's progress, the publication.
CREATE CONSTRAINT control_name IF NOT EXISTS FOR (c:Control) REQUIRE c.name IS UNIQUE
