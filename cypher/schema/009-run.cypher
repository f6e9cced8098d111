// A detection run is found by its publish number.
CREATE CONSTRAINT detection_run_version IF NOT EXISTS FOR (r:DetectionRun) REQUIRE r.version IS UNIQUE
