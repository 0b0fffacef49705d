// What was erased, and what may not be: found by id, holds also by the object they are on. A restore that is under way is told by name.
CREATE INDEX tombstone_id IF NOT EXISTS FOR (n:Tombstone) ON (n.id);
CREATE INDEX hold_id IF NOT EXISTS FOR (n:Hold) ON (n.id);
CREATE INDEX hold_objectId IF NOT EXISTS FOR (n:Hold) ON (n.objectId);
CREATE INDEX restore_name IF NOT EXISTS FOR (n:Restore) ON (n.name);
