// Keeps a secret that all replicas share under a name, unless there is one already, and gives the one that is kept.
// @mode write
// @param name: string
// @param value: string
// @return value: string
MERGE (s:Secret {name: $name})
ON CREATE SET s.value = $value
RETURN s.value AS value
