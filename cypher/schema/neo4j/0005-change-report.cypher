// The changes that an import made are found by its report.
CREATE INDEX change_reportId IF NOT EXISTS FOR (n:Change) ON (n.reportId);
