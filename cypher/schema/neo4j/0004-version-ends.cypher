// Nodes that only an earlier state of a relationship referred to are found by its ends.
CREATE INDEX version_from IF NOT EXISTS FOR (n:Version) ON (n.from);
CREATE INDEX version_to IF NOT EXISTS FOR (n:Version) ON (n.to);
