import { type Finding, ok, warn } from '../check.ts';
import { addressText } from '../wire/dial.ts';
import { harmless } from '../words.ts';
import { type ClusterKnown, learned } from './cluster.ts';

/** Whether there is a controller: without one topics cannot be made and leaders not be chosen. */
export function checkController({ seen }: Pick<ClusterKnown, 'seen'>): Finding {
  const { brokers, controller } = learned(seen, 'the cluster');
  const found = brokers.find(({ id }) => id === controller);
  // In KRaft mode brokers name one of themselves, which passes on what is meant for the quorum.
  if (found)
    return ok(`there; broker ${controller} at ${harmless(addressText(found))} passes requests on to it`, {
      controller,
    });
  const fix = 'look at the controllers of the cluster: topics cannot be made at the moment';
  return warn('there is none at the moment', fix, { controller });
}
