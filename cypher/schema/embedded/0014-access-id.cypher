// What tells accesses apart is their id: several may be of one instant.
CREATE INDEX access_id IF NOT EXISTS FOR (n:Access) ON (n.id);
