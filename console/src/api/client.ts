import { InspectorClient } from '@aws-sdk/client-inspector';

import type { Session } from './session';

/** The SDK's client for the service that served this page. */
export function inspector(session: Session): InspectorClient {
  const { accessKeyId, secretAccessKey, sessionToken, region } = session;
  return new InspectorClient({
    endpoint: location.origin,
    region,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
  });
}

/** Calls `describe` with `size` items at a time, four calls at once, and joins the answers in order. */
export async function inBatches<Item, Answer>(
  items: readonly Item[],
  size: number,
  describe: (batch: Item[]) => Promise<Answer[]>,
): Promise<Answer[]> {
  const batches = Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
  const answers: Answer[][] = [];
  const width = 4;
  for (let start = 0; start < batches.length; start += width) {
    answers.push(...(await Promise.all(batches.slice(start, start + width).map(describe))));
  }
  return answers.flat();
}
