// Lists the texts by which nodes are searched, and who may see them.
// @mode read
// @return id: string
// @return type: string
// @return name: string | null
// @return aliases: readonly string[] | null
// @return description: string | null
// @return externalId: string | null
// @return cve: string | null
// @return markings: readonly string[] | null
// @return sharedWith: readonly string[] | null
// @return restated: readonly string[] | null
MATCH (n:Entity)
RETURN n.id AS id, n.type AS type, n.name AS name, n.aliases AS aliases, n.description AS description, n.externalId AS externalId, n.cve AS cve, n.markings AS markings, n.sharedWith AS sharedWith, n.restated AS restated
