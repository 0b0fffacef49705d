// Takes away what is said of nodes: they are left as placeholders, with all that leads to them.
// @mode write
// @param rows: readonly { id: string; props: Record<string, unknown> }[]
// @return emptied: number
// Generated from the ontology by scripts/gen-cypher.mjs.
UNWIND $rows AS row
MATCH (n:Entity {id: row.id})
REMOVE n:Account:Collection:Component:CooperationPath:Feed:FinancialChannel:Indicator:Infrastructure:Intervention:IntrusionSet:Jurisdiction:LegalInstrument:Malware:MarketAssumption:Measure:MeasureProfile:Mitigation:Operation:Organization:Outcome:Partner:Plan:RecoveryAssumption:Report:Requirement:Scenario:Sector:Service:Sighting:Software:Source:Tactic:Technique:Thing:ThreatActor:Tool:Venue:VexStatement:Vulnerability
SET n = row.props
RETURN count(n) AS emptied
