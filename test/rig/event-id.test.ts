import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { eventIdOf } from './event-id.ts';

const ROW = /^\| `(.+)` \| (\d+) \| (\d+) \| `(.+)` \| `([0-9a-f]{32})` \|$/gm;

describe('the independent event id', () => {
  const vectors = [...readFileSync('docs/event-ids.md', 'utf8').matchAll(ROW)];

  test('agrees with every vector of the docs', () => {
    const own = vectors.map(([, topic = '', partition, offset, orderId = '']) =>
      eventIdOf({ topic, partition: Number(partition), offset: Number(offset), orderId }),
    );
    expect(own).toEqual(vectors.map((vector) => vector[5]));
    expect(vectors.length).toBeGreaterThan(5);
  });
});
