import { expect, test } from 'vitest';
import { complete } from '../../src/engine/language/complete.ts';
import { knownNames } from '../../src/ui/known-names.ts';
import { pressed } from './press.ts';
import { eventful } from './states.ts';

test('the palette completes workers, groups, topics and the last orders of the running pipeline', () => {
  const known = knownNames(eventful());
  const offered = (line: string) => complete(line, known).candidates.map(({ text }) => text);
  expect(offered('kill inventory/')).toEqual(['inventory/1', 'inventory/2']);
  expect(offered('members ')).toEqual(expect.arrayContaining(['inventory', 'inventory-service-group', 'analytics']));
  expect(offered('records inventory-events/')).toHaveLength(3);
  expect(offered('trace o-5')).toEqual(['o-5c20d7f1']);
  const line = { overlay: { kind: 'palette' }, fields: { palette: 'kill ana' } } as const;
  expect(pressed(eventful(), line, 'tab').view.fields.palette).toBe('kill analytics');
  const more = { ...line, fields: { palette: 'kill analytics/' } };
  expect(pressed(eventful(), more, 'tab').view.fields.palette).toBe('kill analytics/1 ');
});
