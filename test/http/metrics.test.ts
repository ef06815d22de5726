import { expect, test } from 'vitest';
import { parseExposition } from '../rig/prometheus-text.ts';
import { openInside, postText, request } from './inside.ts';

test('a strict scraper reads what the door answers, in the format that it asked for', async () => {
  const { analytics, doors } = await openInside();
  const read = async (accept: string, path = '/metrics/prometheus') => {
    const { status, headers, body } = await request(`${analytics}${path}`, { headers: { accept } });
    expect(status).toBe(200);
    const type = headers.get('content-type') ?? '';
    return { type, families: parseExposition(String(body['text']), type.startsWith('application/openmetrics-text')) };
  };
  const plain = await read('text/plain;version=0.0.4;q=0.3,*/*;q=0.1');
  expect(plain.type).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(plain.families.get('lunchrush_build_info')?.series.size).toBe(1);
  const open = await read('application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5');
  expect(open.type).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
  expect((await read('text/plain', '/metrics')).families.size).toBe(plain.families.size);
  await doors.close();
});

test('requests to both doors are counted by route and status, those for nothing together', async () => {
  const { analytics, orders, doors } = await openInside();
  await postText(`${orders}/produce`, '{"orderId":"a"}');
  await postText(`${orders}/produce`, 'rubbish');
  for (const path of ['/none', '/of/these', '/is?there=1']) await request(`${analytics}${path}`);
  const { body } = await request(`${analytics}/metrics/prometheus`);
  const told = parseExposition(String(body['text'])).get('lunchrush_http_requests_total')?.series;
  const count = (labels: string) => told?.get(`lunchrush_http_requests_total{${labels}}`);
  expect(count('method="POST",route="/produce",status="200"')).toBe(1);
  expect(count('method="POST",route="/produce",status="400"')).toBe(1);
  expect(count('method="GET",route="none",status="404"')).toBe(3);
  await doors.close();
});
