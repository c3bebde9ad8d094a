import {
  DescribeExclusionsCommand,
  paginateListExclusions,
  type Exclusion,
  type InspectorClient,
} from '@aws-sdk/client-inspector';

import { inBatches } from './client';

/** What a run could not assess. */
export async function listExclusions(client: InspectorClient, assessmentRunArn: string): Promise<Exclusion[]> {
  const arns: string[] = [];
  for await (const page of paginateListExclusions({ client, pageSize: 100 }, { assessmentRunArn })) {
    arns.push(...(page.exclusionArns ?? []));
  }
  return inBatches(arns, 100, async (exclusionArns) => {
    const answer = await client.send(new DescribeExclusionsCommand({ exclusionArns }));
    return exclusionArns.flatMap((arn) => answer.exclusions?.[arn] ?? []);
  });
}

/** The values that an exclusion's scopes give for `key`. */
export function scopes(exclusion: Exclusion, key: 'INSTANCE_ID' | 'RULES_PACKAGE_ARN'): string[] {
  return (exclusion.scopes ?? []).flatMap((scope) => (scope.key === key && scope.value ? [scope.value] : []));
}
