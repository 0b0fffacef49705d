// Loads every node that something refers to and nobody has described yet.
// @mode read
// @return id: string
// @return type: string
// @return changeId: string
// @return standsFor: string | null
MATCH (n:Entity)
WHERE n.stub = true AND n.digest IS NULL
RETURN n.id AS id, n.type AS type, n.changeId AS changeId, n.standsFor AS standsFor
