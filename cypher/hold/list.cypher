// Lists all legal holds, those that were lifted too.
// @mode read
// @return properties: Record<string, unknown>
MATCH (h:Hold)
RETURN properties(h) AS properties
