import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { machineMeans } from '../../src/state/files.ts';
import { type Journal, openJournal } from '../../src/state/journal.ts';
import { Crash, crashingAt, failing, temporaryFolder } from './folder.ts';

async function all(journal: Journal, from = 0): Promise<string[]> {
  const payloads: string[] = [];
  for await (const payload of journal.readFrom(from)) payloads.push(payload.toString());
  return payloads;
}

async function withJournal<T>(path: string, use: (journal: Journal) => Promise<T>, means = machineMeans): Promise<T> {
  const journal = await openJournal({ path, means });
  try {
    return await use(journal);
  } finally {
    await journal.close();
  }
}

describe('journal', () => {
  test('gives back what was appended, from any position that an append gave, also when opened again', async () => {
    const payloads = fc.array(fc.uint8Array({ maxLength: 2000 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(payloads, fc.nat(), async (list, pick) => {
        const path = join(temporaryFolder(), 'ids.journal');
        const texts = list.map((bytes) => Buffer.from(bytes).toString('latin1'));
        const positions = await withJournal(path, async (journal) => {
          const ends = [0];
          for (const text of texts) ends.push(await journal.append(Buffer.from(text)));
          await journal.sync();
          expect(await all(journal)).toEqual(texts);
          return ends;
        });
        const from = pick % positions.length;
        await withJournal(path, async (journal) => {
          expect(journal.torn).toBe(0);
          expect(journal.position).toBe(positions.at(-1));
          expect(await all(journal, positions[from])).toEqual(texts.slice(from));
        });
      }),
      { numRuns: 25 },
    );
  });

  test('cuts a tail that is half-written, wherever it ends, and appends after the sound part', async () => {
    const path = join(temporaryFolder(), 'ids.journal');
    const first = await withJournal(path, async (journal) => {
      const position = await journal.append(Buffer.from('one'));
      await journal.append(Buffer.from('two'));
      return position;
    });
    const whole = readFileSync(path);
    for (let length = first; length < whole.length; length++) {
      writeFileSync(path, whole.subarray(0, length));
      await withJournal(path, async (journal) => {
        expect(journal.position).toBe(first);
        expect(journal.torn).toBe(length - first);
        await journal.append(Buffer.from('again'));
        expect(await all(journal)).toEqual(['one', 'again']);
      });
    }
  });

  test('cuts what does not carry its checksum, and a length that cannot be', async () => {
    const path = join(temporaryFolder(), 'ids.journal');
    const position = await withJournal(path, (journal) => journal.append(Buffer.from('one')));
    appendFileSync(path, Buffer.from([3, 0, 0, 0, 1, 2, 3, 4, 97, 98, 99]));
    await withJournal(path, async (journal) => expect(journal.position).toBe(position));
    appendFileSync(path, Buffer.alloc(40, 0xff));
    await withJournal(path, async (journal) => expect(await all(journal)).toEqual(['one']));
    expect(statSync(path).size).toBe(position);
  });

  test('forgets what is above a position', async () => {
    await withJournal(join(temporaryFolder(), 'ids.journal'), async (journal) => {
      const position = await journal.append(Buffer.from('one'));
      await journal.append(Buffer.from('two'));
      await journal.truncateTo(position);
      await journal.append(Buffer.from('three'));
      expect(await all(journal)).toEqual(['one', 'three']);
    });
  });

  test('reads payloads longer than its chunk', async () => {
    await withJournal(join(temporaryFolder(), 'ids.journal'), async (journal) => {
      const long = 'x'.repeat(3 * 1024 * 1024);
      await journal.append(Buffer.from('short'));
      await journal.append(Buffer.from(long));
      expect((await all(journal)).map((text) => text.length)).toEqual([5, long.length]);
    });
  });

  test('keeps what a crash right after an append left', async () => {
    const path = join(temporaryFolder(), 'ids.journal');
    const append = withJournal(path, (journal) => journal.append(Buffer.from('one')), crashingAt('journal-appended'));
    await expect(append).rejects.toThrow(Crash);
    await withJournal(path, async (journal) => expect(await all(journal)).toEqual(['one']));
  });

  test('says that a folder is not writable', async () => {
    const path = join(temporaryFolder(), 'ids.journal');
    const opened = openJournal({ path, means: failing(['open'], 'EACCES') });
    await expect(opened).rejects.toMatchObject({ code: 'DATA_NOT_WRITABLE' });
  });
});
