import {
  DescribeAssessmentRunsCommand,
  DescribeAssessmentTargetsCommand,
  DescribeAssessmentTemplatesCommand,
  DescribeRulesPackagesCommand,
  paginateListAssessmentRuns,
  type AssessmentRun,
  type InspectorClient,
} from '@aws-sdk/client-inspector';

import { parent } from './arn';
import { inBatches } from './client';

/** A run with the names of what it belongs to. */
export interface NamedRun extends AssessmentRun {
  templateName: string | undefined;
  targetName: string | undefined;
}

/** How many runs the console loads at most; whoever has more narrows them down through the API. */
export const RUN_LIMIT = 1000;

export interface RunList {
  runs: NamedRun[];
  /** There are more than `RUN_LIMIT`. */
  truncated: boolean;
}

/** All runs, newest first. */
export async function listRuns(client: InspectorClient): Promise<RunList> {
  const arns: string[] = [];
  let truncated = false;
  for await (const page of paginateListAssessmentRuns({ client, pageSize: 100 }, {})) {
    arns.push(...(page.assessmentRunArns ?? []));
    truncated = arns.length > RUN_LIMIT;
    if (truncated) break;
  }
  const runs = await describeRuns(client, arns.slice(0, RUN_LIMIT));
  return { runs: runs.sort((a, b) => time(b.createdAt) - time(a.createdAt)), truncated };
}

/** The runs that still exist, with their names. */
export async function describeRuns(client: InspectorClient, arns: readonly string[]): Promise<NamedRun[]> {
  const runs = await inBatches(arns, 10, async (assessmentRunArns) => {
    const answer = await client.send(new DescribeAssessmentRunsCommand({ assessmentRunArns }));
    return answer.assessmentRuns ?? [];
  });
  const [templates, targets] = await Promise.all([
    names(distinct(runs, 'template'), async (assessmentTemplateArns) => {
      const command = new DescribeAssessmentTemplatesCommand({ assessmentTemplateArns });
      return (await client.send(command)).assessmentTemplates ?? [];
    }),
    names(distinct(runs, 'target'), async (assessmentTargetArns) => {
      const command = new DescribeAssessmentTargetsCommand({ assessmentTargetArns });
      return (await client.send(command)).assessmentTargets ?? [];
    }),
  ]);
  return runs.map((run) => ({
    ...run,
    templateName: templates.get(parent(run.arn ?? '', 'template') ?? ''),
    targetName: targets.get(parent(run.arn ?? '', 'target') ?? ''),
  }));
}

/** The names of rules packages, with their versions, by ARN. */
export async function packageNames(client: InspectorClient, arns: readonly string[]): Promise<Map<string, string>> {
  return names(arns, async (rulesPackageArns) => {
    const packages = (await client.send(new DescribeRulesPackagesCommand({ rulesPackageArns }))).rulesPackages ?? [];
    return packages.map(({ arn, name, version }) => ({ arn, name: `${name}-${version}` }));
  });
}

interface Named {
  arn: string | undefined;
  name: string | undefined;
}

async function names(
  arns: readonly string[],
  describe: (batch: string[]) => Promise<Named[]>,
): Promise<Map<string, string>> {
  const named = await inBatches(arns, 10, describe);
  return new Map(named.flatMap(({ arn, name }) => (arn && name ? [[arn, name]] : [])));
}

function distinct(runs: readonly AssessmentRun[], kind: 'target' | 'template'): string[] {
  return [...new Set(runs.flatMap((run) => parent(run.arn ?? '', kind) ?? []))];
}

function time(moment: Date | undefined): number {
  return moment?.getTime() ?? 0;
}
