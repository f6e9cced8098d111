// Models of judging made from the deployment's own labels.
CREATE CONSTRAINT local_models_id IF NOT EXISTS FOR (m:LocalModels) REQUIRE m.id IS UNIQUE
