// Claims that an import makes alike lie in groups. A fact has one of them at most, by which they are told apart. None is
// looked up by its mark as a rule.
CREATE CONSTRAINT groupedClaim_factId IF NOT EXISTS FOR (n:GroupedClaim) REQUIRE n.factId IS UNIQUE;
CREATE INDEX groupedClaim_groupId IF NOT EXISTS FOR (n:GroupedClaim) ON (n.groupId);
CREATE CONSTRAINT claimGroup_id IF NOT EXISTS FOR (n:ClaimGroup) REQUIRE n.id IS UNIQUE;
CREATE INDEX claimGroup_reportId IF NOT EXISTS FOR (n:ClaimGroup) ON (n.reportId);
