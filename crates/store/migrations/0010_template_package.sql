-- Which rules packages a template and a run hold, one row each, so that lists filter by index and not by text; and
-- indexes for counting against quotas.

CREATE TABLE template_package (
  template TEXT NOT NULL,
  package TEXT NOT NULL,
  PRIMARY KEY (template, package)
);

CREATE TABLE run_package (
  run TEXT NOT NULL,
  package TEXT NOT NULL,
  PRIMARY KEY (run, package)
);

INSERT INTO template_package SELECT arn, 'network-reachability' FROM template WHERE packages LIKE '% network-reachability %';
INSERT INTO template_package SELECT arn, 'cve' FROM template WHERE packages LIKE '% cve %';
INSERT INTO template_package SELECT arn, 'cis' FROM template WHERE packages LIKE '% cis %';
INSERT INTO template_package SELECT arn, 'best-practices' FROM template WHERE packages LIKE '% best-practices %';
INSERT INTO template_package SELECT arn, 'runtime-behavior' FROM template WHERE packages LIKE '% runtime-behavior %';
INSERT INTO template_package SELECT arn, 'custom' FROM template WHERE packages LIKE '% custom %';

INSERT INTO run_package SELECT arn, 'network-reachability' FROM run WHERE packages LIKE '% network-reachability %';
INSERT INTO run_package SELECT arn, 'cve' FROM run WHERE packages LIKE '% cve %';
INSERT INTO run_package SELECT arn, 'cis' FROM run WHERE packages LIKE '% cis %';
INSERT INTO run_package SELECT arn, 'best-practices' FROM run WHERE packages LIKE '% best-practices %';
INSERT INTO run_package SELECT arn, 'runtime-behavior' FROM run WHERE packages LIKE '% runtime-behavior %';
INSERT INTO run_package SELECT arn, 'custom' FROM run WHERE packages LIKE '% custom %';

CREATE INDEX resource_group_scope ON resource_group (account, region);
CREATE INDEX run_state ON run (account, region, state);
