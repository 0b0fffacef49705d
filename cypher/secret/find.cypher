// Finds a secret that all replicas share.
// @mode read
// @param name: string
// @return value: string
MATCH (s:Secret {name: $name})
RETURN s.value AS value
