import { expect, test } from 'vitest';

import { inBatches } from './client';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

test.each([0, 1, 10, 11, 95])('%i items arrive once each and in order', async (count) => {
  const sizes: number[] = [];
  const answers = await inBatches(numbers(count), 10, async (batch) => {
    sizes.push(batch.length);
    return batch;
  });
  expect(answers).toEqual(numbers(count));
  expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(10);
});

test('one failed batch fails the whole', async () => {
  const describe = (batch: number[]) => (batch.includes(15) ? Promise.reject(new Error('no')) : Promise.resolve(batch));
  await expect(inBatches(numbers(30), 10, describe)).rejects.toThrow('no');
});
