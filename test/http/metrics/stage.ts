import { createExposition } from '../../../src/http/metrics/exposition.ts';
import { createFakeEngine } from '../../engine/fake-hall.ts';
import { type Family, parseExposition } from '../../rig/prometheus-text.ts';

/** An engine on fakes that is looked at, and what a strict scraper reads of it. */
export async function scraped() {
  const parts = createFakeEngine();
  const exposition = createExposition(parts.engine, { version: '1.2.3', clock: parts.clock });
  await parts.engine.start();
  const scrape = async (accept?: string): Promise<Map<string, Family>> => {
    const { body, contentType } = await exposition.read(accept);
    return parseExposition(body, contentType.startsWith('application/openmetrics-text'));
  };
  /** The value of a series, as written; undefined where it is absent. */
  const value = async (series: string) => {
    const { name = '' } = /^(?<name>\w+)/.exec(series)?.groups ?? {};
    const families = await scrape();
    const family = families.get(name) ?? families.get(name.replace(/_(bucket|sum|count)$/, ''));
    if (!family) throw new Error(`there is no metric ${name}`);
    return family.series.get(series);
  };
  return { ...parts, exposition, scrape, value };
}
