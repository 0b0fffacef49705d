// What was known at a moment is found by the time of the changes.
CREATE INDEX change_at IF NOT EXISTS FOR (n:Change) ON (n.at);
