// Who read what about persons is looked up by time.
CREATE INDEX access_at IF NOT EXISTS FOR (n:Access) ON (n.at);
