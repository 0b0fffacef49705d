// Finds superseded states of relationships that led from or to some nodes: which nodes, and the change that recorded the state.
// @mode read
// @param ids: readonly string[]
// @return nodeId: string
// @return changeId: string
UNWIND $ids AS id
MATCH (v:Version {from: id})
RETURN v.from AS nodeId, v.changeId AS changeId
UNION ALL
UNWIND $ids AS id
MATCH (v:Version {to: id})
RETURN v.to AS nodeId, v.changeId AS changeId
