// Records claims of a group, of facts that have none in a group yet. A row is a list: values by their places.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param groupId: string
// @return created: number
UNWIND $rows AS row
CREATE (c:GroupedClaim {factId: row[0], bucket: row[1], mark: row[2], groupId: $groupId})
RETURN count(c) AS created
