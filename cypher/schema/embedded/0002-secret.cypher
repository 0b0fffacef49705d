// Secrets that replicas share are found by name.
CREATE INDEX secret_name IF NOT EXISTS FOR (n:Secret) ON (n.name);
