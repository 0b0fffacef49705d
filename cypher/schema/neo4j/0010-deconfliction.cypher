// Deconfliction queries are counted by who asks, and found by id; notices by the query they answer.
CREATE CONSTRAINT deconfliction_id IF NOT EXISTS FOR (n:DeconflictionQuery) REQUIRE n.id IS UNIQUE;
CREATE INDEX deconfliction_actor IF NOT EXISTS FOR (n:DeconflictionQuery) ON (n.actor);
CREATE CONSTRAINT notice_id IF NOT EXISTS FOR (n:DeconflictionNotice) REQUIRE n.id IS UNIQUE;
CREATE INDEX notice_queryId IF NOT EXISTS FOR (n:DeconflictionNotice) ON (n.queryId);
