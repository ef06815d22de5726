import type { Bundled } from './build.mjs';

/** A package as CycloneDX has it, as far as we read it. */
export type Component = {
  'bom-ref': string;
  type: string;
  name: string;
  version: string;
  scope: string;
  properties: { name: string; value: string }[];
  externalReferences: { type: string; url: string }[];
};

export type Bill = {
  bomFormat: string;
  specVersion: string;
  metadata: { component: Component };
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
};

export function installed(): Bill;

export function billOf(
  bill: Bill,
  about: { name: string; dependencies: Record<string, string> },
  packages: readonly Pick<Bundled, 'name' | 'version'>[],
): Bill;
