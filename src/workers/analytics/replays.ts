import { LunchrushError } from '../../errors.ts';
import type { ReplayFrom, ReplayPreview, ReplayVerdict } from '../messages.ts';
import type { Desk } from './desk.ts';
import { planReplay } from './plan-replay.ts';
import { Replay } from './replay.ts';
import type { Saver } from './saver.ts';

/** The guided transaction: rewind the live member, fold a second ledger to the cut, compare, swap only if identical. */
export class Replays {
  readonly #desk: Desk;
  readonly #saver: Saver;
  #settle: { resolve(verdict: ReplayVerdict): void; reject(error: Error): void } | undefined;
  #isEnding = false;

  constructor(desk: Desk, saver: Saver) {
    this.#desk = desk;
    this.#saver = saver;
  }

  preview(from: ReplayFrom): Promise<ReplayPreview> {
    const { reader, book, foldRate, home } = this.#desk;
    return planReplay(from, { reader, ledger: book.ledger, partitions: home.birth.partitions, foldRate });
  }

  /** Runs a replay to its verdict; rejects when it is cancelled. */
  async run(from: ReplayFrom): Promise<ReplayVerdict> {
    const { home, book, source } = this.#desk;
    if (home.birth.watchOnly) throw refuse('this console only watches', 'replay where the pipeline runs');
    if (this.#desk.replay) throw refuse('a replay is under way', 'replay cancel');
    const preview = await this.preview(from);
    if (this.#desk.replay) throw refuse('a replay is under way', 'replay cancel');
    // From here on nothing is folded into the held ledger: the cut is where it stands now.
    const replay = new Replay(cutAt(preview, this.#desk), book.ledger, home.world.now());
    this.#desk.replay = replay;
    const settled = new Promise<ReplayVerdict>((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    settled.catch(() => {});
    try {
      await this.#saver.inTurn(() => book.save(replay.preview.full ? from : null));
      await source.commit(
        replay.preview.ranges.map(({ topic, partition, from: offset }) => ({
          topic,
          partition,
          offset,
          metadata: 'lunchrush replay',
        })),
      );
    } catch (error) {
      await this.#leave();
      throw error;
    }
    for (const range of replay.preview.ranges) this.#desk.noteCommitted(range, range.from);
    if (this.#desk.replay !== replay) {
      // Cancelled in the meantime: the saver brings the offsets back.
      this.#saver.wake();
      return settled;
    }
    replay.phase = 'folding';
    home.tell({ type: 'replay-rewound', slot: home.birth.slot, ranges: replay.preview.ranges });
    this.#desk.goOn();
    this.lookAt();
    return settled;
  }

  /** Ends the replay when everything has reached the cut. */
  lookAt(): void {
    const { replay, home } = this.#desk;
    if (replay?.phase !== 'folding' || this.#isEnding || !replay.isAllThrough) return;
    this.#isEnding = true;
    this.#conclude(replay)
      .catch(home.fail)
      .finally(() => {
        this.#isEnding = false;
      });
  }

  async settle(how: 'cancel' | 'accept' | 'undo'): Promise<void> {
    const { replay, home } = this.#desk;
    const { slot } = home.birth;
    if (!replay || this.#isEnding) throw refuse('no replay is under way', 'replay analytics');
    if (how !== 'cancel' && replay.phase !== 'differs')
      throw refuse('the replay has not come to a difference', 'replay cancel');
    if (how === 'accept') {
      await this.#swap(replay);
      home.tell({ type: 'replay-accepted', slot });
      return;
    }
    await this.#leave();
    home.tell({ type: how === 'cancel' ? 'replay-cancelled' : 'replay-undone', slot });
    this.#settle?.reject(new LunchrushError('COMMAND_FAILED', 'the replay was cancelled: the held numbers stay'));
  }

  async #conclude(replay: Replay): Promise<void> {
    const { home } = this.#desk;
    const { slot } = home.birth;
    home.world.reached('replay-folded');
    const verdict = replay.verdict(home.world.now());
    if (verdict.records > 0 && verdict.forMs > 0) this.#desk.foldRate = (verdict.records / verdict.forMs) * 1000;
    if (verdict.type === 'identical') {
      await this.#swap(replay);
      home.tell({ type: 'replay-identical', slot, verdict });
    } else if (verdict.type === 'window') {
      await this.#leave();
      home.tell({ type: 'replay-reported', slot, verdict });
    } else {
      replay.phase = 'differs';
      home.tell({ type: 'replay-differed', slot, verdict });
    }
    this.#settle?.resolve(verdict);
  }

  async #swap(replay: Replay): Promise<void> {
    await this.#saver.inTurn(() => this.#desk.book.swap(replay.second));
    this.#desk.replay = undefined;
    this.#desk.goOn();
    await this.#commit();
  }

  /** Back to the held ledger, as if nothing had been. */
  async #leave(): Promise<void> {
    this.#desk.replay = undefined;
    await this.#saver.inTurn(() => this.#desk.book.dropSecond());
    this.#desk.goOn();
    await this.#commit();
  }

  /** The group's offsets return to where the ledger stands; when the coordinator is away the saver does it later. */
  async #commit(): Promise<void> {
    await this.#saver.saveNow().catch(() => this.#saver.wake());
  }
}

function refuse(sentence: string, fix: string): LunchrushError {
  return new LunchrushError('COMMAND_REFUSED', sentence, { fix });
}

function cutAt(preview: ReplayPreview, desk: Desk): ReplayPreview {
  const ranges = preview.ranges.map((r) => ({ ...r, to: desk.book.ledger.fold(r.topic, r.partition).position.next }));
  return { ...preview, ranges, records: ranges.reduce((sum, r) => sum + r.to - r.from, 0) };
}
