// Claims that an import makes alike lie in groups; a fact has one of them at most, by which they are told apart. There may be as
// many as there are facts, and an index entry of their own takes more memory than they do: they are found by bucket and compared.
CREATE INDEX groupedClaim_bucket IF NOT EXISTS FOR (n:GroupedClaim) ON (n.bucket);
CREATE INDEX groupedClaim_groupId IF NOT EXISTS FOR (n:GroupedClaim) ON (n.groupId);
CREATE INDEX claimGroup_id IF NOT EXISTS FOR (n:ClaimGroup) ON (n.id);
CREATE INDEX claimGroup_reportId IF NOT EXISTS FOR (n:ClaimGroup) ON (n.reportId);
