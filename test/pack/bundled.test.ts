import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Bundled, bundle } from '../../build.mjs';
import { billOf, installed } from '../../sbom.mjs';
import { folderForSuite } from './folder.ts';
import { isNpmHere } from './npm.ts';

/** Packages whose files esbuild names in the bundles that it writes, as `// node_modules/NAME/…`. */
function namesIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.js'));
  const origins = files.flatMap((path) => [
    ...readFileSync(join(folder, path), 'utf8').matchAll(/^ *\/\/ (?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//gm),
  ]);
  return [...new Set(origins.map(([, name = '']) => name))].toSorted();
}

describe('what is inside the bundles', () => {
  const folder = folderForSuite();
  const building: Promise<Bundled[]> = bundle({ outdir: folder });

  test('stands in the page of licences, each package with words of its own or those of the same licence', async () => {
    const packages = await building;
    expect([...new Set(packages.map(({ name }) => name))]).toEqual(namesIn(folder));
    const page = readFileSync(join(folder, 'THIRD_PARTY_LICENSES'), 'utf8');
    for (const { name, version, license, texts } of packages) {
      expect(page).toContain(`\n${name} ${version} (${license})\n`);
      for (const text of texts) expect(page).toContain(text);
    }
    expect(packages.map(({ name }) => name)).not.toContain('kafkajs');
  });

  test('is under licences that let it be handed on', async () => {
    const packages = await building;
    const others = packages.filter(
      ({ license }) => !/^(MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|\(MIT AND Zlib\))$/.test(license),
    );
    expect(others.map(({ name, license }) => `${name}: ${license}`)).toEqual([]);
  });

  test.skipIf(!isNpmHere)('is the bill of materials, together with what is installed beside it', async () => {
    const packages = await building;
    const about = JSON.parse(readFileSync('package.json', 'utf8')) as {
      name: string;
      dependencies: Record<string, string>;
    };
    const bill = billOf(installed(), about, packages);
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5' });
    expect(bill.metadata.component).toMatchObject({ name: 'lunchrush', type: 'application' });
    const inside = bill.components.filter(({ properties }) => properties.some(({ name }) => name.endsWith(':bundled')));
    expect(inside.map((one) => one['bom-ref']).toSorted()).toEqual(
      packages.map((p) => `${p.name}@${p.version}`).toSorted(),
    );
    const beside = bill.components.filter((one) => !inside.includes(one));
    expect(beside.map(({ name }) => name)).toEqual(Object.keys(about.dependencies));
    const refs = new Set([...bill.components.map((one) => one['bom-ref']), bill.metadata.component['bom-ref']]);
    expect(
      bill.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]).filter((ref) => !refs.has(ref)),
    ).toEqual([]);
    const text = JSON.stringify(bill);
    expect(text).not.toMatch(/registry|distribution"|node_modules/);
    expect(text).not.toContain(process.cwd());
    for (const { externalReferences } of bill.components) {
      expect(externalReferences.filter(({ url }) => !URL.canParse(url))).toEqual([]);
    }
  });

  test('that npm does not know is a fault', () => {
    const about = { name: 'lunchrush', dependencies: {} };
    const component = {
      'bom-ref': 'x@1',
      type: 'library',
      name: 'x',
      version: '1',
      scope: 'required',
      properties: [],
      externalReferences: [],
    };
    const bill = {
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      metadata: { component },
      components: [],
      dependencies: [],
    };
    expect(() => billOf(bill, about, [{ name: 'left-pad', version: '1.0.0' }])).toThrow(
      'npm does not know left-pad@1.0.0',
    );
  });
});
