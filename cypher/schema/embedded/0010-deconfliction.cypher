// Deconfliction queries are counted by who asks, and found by id; notices by the query they answer.
CREATE INDEX deconfliction_id IF NOT EXISTS FOR (n:DeconflictionQuery) ON (n.id);
CREATE INDEX deconfliction_actor IF NOT EXISTS FOR (n:DeconflictionQuery) ON (n.actor);
CREATE INDEX notice_id IF NOT EXISTS FOR (n:DeconflictionNotice) ON (n.id);
CREATE INDEX notice_queryId IF NOT EXISTS FOR (n:DeconflictionNotice) ON (n.queryId);
