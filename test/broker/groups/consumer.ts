import type { JoinGroupResponse, SyncGroupResponse } from '../../../src/broker/groups/messages.ts';
import { ERRORS } from '../../../src/broker/protocol/errors.ts';
import { type Answer, connection, type Stage } from './stage.ts';

/** A consumer that follows the group protocol one step at a time, as clients do. */
export type TestConsumer = {
  readonly memberId: string;
  readonly generation: number;
  readonly isIn: boolean;
  /** Reads what has been answered and asks what comes next. */
  step(): void;
  /** Its connection breaks; what it waited for never comes. */
  cut(): void;
  leave(): void;
};

/** What every leader hands out: to all members the same word, its own and new each time. */
export type OnShare = (generation: number, word: string) => void;

/** A consumer of group `g` on whichever coordinator `stage()` names at the moment. */
export function createConsumer(stage: () => Stage, name: string, onShare: OnShare): TestConsumer {
  let memberId = '';
  let generation = -1;
  let isIn = false;
  let cable = connection();
  let joining: Answer<JoinGroupResponse> | undefined;
  let syncing: Answer<SyncGroupResponse> | undefined;
  let words = 0;

  const again = (errorCode: number) => {
    isIn = false;
    if (errorCode === ERRORS.UNKNOWN_MEMBER_ID) memberId = '';
  };
  const join = () => {
    joining = stage().join({ memberId }, { clientId: name, connection: cable });
  };
  const sync = ({ leader, members }: JoinGroupResponse) => {
    const word = `${name} ${generation} ${words++}`;
    const assignments = members.map((member) => ({ memberId: member.memberId, assignment: Buffer.from(word) }));
    const mine = leader === memberId ? assignments : [];
    syncing = stage().sync({ memberId, generationId: generation, assignments: mine }, { connection: cable });
  };
  const joined = (answer: JoinGroupResponse) => {
    joining = undefined;
    if (answer.errorCode === ERRORS.MEMBER_ID_REQUIRED) memberId = answer.memberId;
    if (answer.errorCode !== ERRORS.NONE) return again(answer.errorCode);
    generation = answer.generationId;
    sync(answer);
  };
  const synced = ({ errorCode, assignment }: SyncGroupResponse) => {
    syncing = undefined;
    if (errorCode !== ERRORS.NONE) return again(errorCode);
    isIn = true;
    onShare(generation, assignment.toString());
  };
  return {
    get memberId() {
      return memberId;
    },
    get generation() {
      return generation;
    },
    get isIn() {
      return isIn;
    },
    step() {
      if (joining?.gone || syncing?.gone) this.cut();
      if (joining) return joining.now && joined(joining.now);
      if (syncing) return syncing.now && synced(syncing.now);
      if (!isIn) return join();
      const errorCode = stage().heartbeat(memberId, generation);
      if (errorCode !== ERRORS.NONE) again(errorCode);
    },
    cut() {
      cable.cut();
      cable = connection();
      joining = undefined;
      syncing = undefined;
      isIn = false;
    },
    leave() {
      if (memberId !== '') stage().leave([{ memberId, groupInstanceId: null }]);
      this.cut();
      memberId = '';
    },
  };
}
