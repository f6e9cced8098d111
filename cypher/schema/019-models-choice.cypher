// Which models judge since when.
CREATE CONSTRAINT models_choice_id IF NOT EXISTS FOR (c:ModelsChoice) REQUIRE c.id IS UNIQUE
