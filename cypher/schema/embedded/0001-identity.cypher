// A plain index on each identity: a UNIQUE constraint has none behind it on this engine, and a MERGE without one scans.
CREATE INDEX entity_id IF NOT EXISTS FOR (n:Entity) ON (n.id);
CREATE INDEX claim_id IF NOT EXISTS FOR (n:Claim) ON (n.id);
CREATE INDEX change_id IF NOT EXISTS FOR (n:Change) ON (n.id);
CREATE INDEX version_id IF NOT EXISTS FOR (n:Version) ON (n.id);
CREATE INDEX migration_name IF NOT EXISTS FOR (n:Migration) ON (n.name);
CREATE INDEX counter_name IF NOT EXISTS FOR (n:Counter) ON (n.name);
CREATE INDEX claim_factId IF NOT EXISTS FOR (n:Claim) ON (n.factId);
CREATE INDEX claim_reportId IF NOT EXISTS FOR (n:Claim) ON (n.reportId);
CREATE INDEX change_seq IF NOT EXISTS FOR (n:Change) ON (n.seq);
CREATE INDEX version_objectId IF NOT EXISTS FOR (n:Version) ON (n.objectId);
