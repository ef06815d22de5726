// Writes the bill of materials of what is shipped, in CycloneDX: npm run sbom. What npm says of installed packages is kept for
// those that are inside the bundles, which esbuild names, and for those that are installed beside them.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { bundle } from './build.mjs';

const BUNDLED = { name: 'cdx:npm:package:bundled', value: 'true' };

/** npm's own bill of all that is installed, development included. */
export function installed() {
  const npm = process.env['npm_execpath'];
  const [program, ...first] = npm ? [process.execPath, npm] : ['npm'];
  const options = { encoding: 'utf8', maxBuffer: 64 << 20, stdio: ['ignore', 'pipe', 'ignore'] };
  return JSON.parse(execFileSync(program, [...first, 'sbom', '--sbom-format', 'cyclonedx'], options));
}

/** A component as it is for those who get the package: nothing of where it was installed from or to. */
function shipped(component, isBundled) {
  const references = component.externalReferences
    .filter(({ type }) => type !== 'distribution')
    // Git's short form of an address is no URL, which the schema demands.
    .map((one) => ({ ...one, url: one.url.replace(/^git@([^:/]+):/, 'ssh://git@$1/') }))
    .filter(({ url }) => URL.canParse(url));
  return { ...component, scope: 'required', properties: isBundled ? [BUNDLED] : [], externalReferences: references };
}

/** npm's bill, with what is shipped and nothing else. Throws where a bundle holds what npm does not know. */
export function billOf(bill, about, packages) {
  const bundled = new Set(packages.map(({ name, version }) => `${name}@${version}`));
  const beside = new Set(Object.entries(about.dependencies).map(([name, version]) => `${name}@${version}`));
  const kept = bill.components.filter((one) => bundled.has(one['bom-ref']) || beside.has(one['bom-ref']));
  const missing = [...bundled, ...beside].filter((ref) => !kept.some((one) => one['bom-ref'] === ref));
  if (missing.length > 0) throw new Error(`npm does not know ${missing.join(', ')}`);
  const refs = new Set([...kept.map((one) => one['bom-ref']), bill.metadata.component['bom-ref']]);
  const dependencies = bill.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => refs.has(other)) }));
  // npm calls it by the name of the folder that it stands in.
  const component = { ...bill.metadata.component, type: 'application', name: about.name };
  return {
    ...bill,
    metadata: { ...bill.metadata, component },
    components: kept.map((one) => shipped(one, bundled.has(one['bom-ref']))),
    dependencies,
  };
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const about = JSON.parse(readFileSync('package.json', 'utf8'));
  writeFileSync('dist/sbom.cdx.json', `${JSON.stringify(billOf(installed(), about, await bundle()), null, 2)}\n`);
}
