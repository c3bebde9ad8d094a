import {
  DescribeFindingsCommand,
  paginateListFindings,
  type Finding,
  type FindingFilter,
  type InspectorClient,
  type Severity,
} from '@aws-sdk/client-inspector';

import { inBatches } from './client';

/** How many findings the table shows at once. */
export const PAGE_SIZE = 50;

export const SEVERITIES: readonly Severity[] = ['High', 'Medium', 'Low', 'Informational', 'Undefined'];

export interface FindingPage {
  findings: Finding[];
  /** No page follows. */
  last: boolean;
}

/** Page by page, the findings of a run that `filter` lets through, each described. */
export async function* findingPages(
  client: InspectorClient,
  runArn: string,
  filter: FindingFilter,
): AsyncGenerator<FindingPage, void> {
  const input = { assessmentRunArns: [runArn], filter };
  for await (const page of paginateListFindings({ client, pageSize: PAGE_SIZE }, input)) {
    const findings = await describeFindings(client, page.findingArns ?? []);
    yield { findings, last: page.nextToken === undefined };
  }
}

/** The findings that still exist, in the order of `arns`. */
export async function describeFindings(client: InspectorClient, arns: readonly string[]): Promise<Finding[]> {
  const findings = await inBatches(arns, 10, async (findingArns) => {
    return (await client.send(new DescribeFindingsCommand({ findingArns }))).findings ?? [];
  });
  const place = new Map(arns.map((arn, index) => [arn, index]));
  return findings.sort((a, b) => (place.get(a.arn ?? '') ?? 0) - (place.get(b.arn ?? '') ?? 0));
}

/** One condition of a query: a property and the values of which one must match. */
export interface Condition {
  property: 'severity' | 'package' | 'instance' | 'rule';
  values: readonly string[];
}

/**
 * The filter of `ListFindings` for conditions that must all hold. `undefined` where no finding can match, because two
 * conditions on the same property have no value in common: the API has no way to say so.
 */
export function toFilter(conditions: readonly Condition[]): FindingFilter | undefined {
  const wanted = new Map<Condition['property'], string[]>();
  for (const { property, values } of conditions) {
    const before = wanted.get(property);
    const both = before === undefined ? [...values] : before.filter((value) => values.includes(value));
    if (both.length === 0) return undefined;
    wanted.set(property, both);
  }
  const filter: FindingFilter = {};
  for (const [property, values] of wanted) {
    if (property === 'severity') filter.severities = values as Severity[];
    if (property === 'package') filter.rulesPackageArns = values;
    if (property === 'instance') filter.agentIds = values;
    if (property === 'rule') filter.ruleNames = values;
  }
  return filter;
}
