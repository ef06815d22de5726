// Which packages are inside the bundles, and what their licences want to be handed on with them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const TEXTS = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

/** The packages that esbuild took files from, by name: what its metafiles say, not what is installed. */
export function packagesIn(metafiles) {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap((output) =>
      Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
    ),
  );
  const folders = new Set(inputs.filter((path) => path.includes('node_modules/')).map(folderOf));
  const packages = [...folders].map(describe);
  return packages.sort((a, b) => (a.name === b.name ? compare(a.version, b.version) : compare(a.name, b.name)));
}

function compare(a, b) {
  return a < b ? -1 : Number(a > b);
}

/** The folder of the package that a file belongs to: the nearest one whose package.json has a name and a version. */
function folderOf(path) {
  for (let folder = dirname(path); folder.includes('node_modules'); folder = dirname(folder)) {
    const about = join(folder, 'package.json');
    if (existsSync(about) && JSON.parse(readFileSync(about, 'utf8')).version) return folder;
  }
  throw new Error(`${path} belongs to no package`);
}

function describe(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => TEXTS.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim().replaceAll('\r\n', '\n'));
  return { name, version, license, author: typeof author === 'string' ? author : author?.name, texts };
}

/** One page of all of them, each with its own words where it ships any. */
export function licensesPage(packages) {
  const chapters = packages.map((one) => {
    const words = one.texts.length > 0 ? one.texts : [withoutText(one, packages)];
    return [`${one.name} ${one.version} (${one.license})`, ...words].join('\n\n');
  });
  const head = `The programs in this folder contain these ${packages.length} packages. What else they need is installed beside them.`;
  return `${[head, ...chapters].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/** What is said of a package that names its licence and ships no text of it: who made it, and where the words stand. */
function withoutText({ name, license, author = 'its authors' }, packages) {
  const model = packages.find((other) => other.license === license && other.texts.length > 0);
  if (!model) throw new Error(`nobody ships the text of ${license}, the licence of ${name}`);
  return `Copyright ${author}. It ships no text of its licence; the words are those of ${model.name}, with this copyright.`;
}
