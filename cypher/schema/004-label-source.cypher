// Who labels accounts.
CREATE CONSTRAINT label_source_name IF NOT EXISTS FOR (s:LabelSource) REQUIRE s.name IS UNIQUE
