// What was erased, and what may not be: unique by id, holds also found by the object they are on. A restore that is under way is told by name.
CREATE CONSTRAINT tombstone_id IF NOT EXISTS FOR (n:Tombstone) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT hold_id IF NOT EXISTS FOR (n:Hold) REQUIRE n.id IS UNIQUE;
CREATE INDEX hold_objectId IF NOT EXISTS FOR (n:Hold) ON (n.objectId);
CREATE CONSTRAINT restore_name IF NOT EXISTS FOR (n:Restore) REQUIRE n.name IS UNIQUE;
