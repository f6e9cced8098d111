// The same act is written down once.
CREATE CONSTRAINT audit_entry_act IF NOT EXISTS FOR (e:AuditEntry) REQUIRE e.act IS UNIQUE
