import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

/** A Kubernetes object as a manifest has it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  metadata: { name: string; namespace?: string };
  [key: string]: unknown;
}

interface Patch {
  readonly op: 'add' | 'replace';
  readonly path: string;
  readonly value: unknown;
}

interface Kustomization {
  readonly kind: 'Kustomization' | 'Component';
  readonly namespace?: string;
  readonly resources?: string[];
  readonly components?: string[];
  readonly images?: { name: string; newName: string; newTag: string }[];
  readonly patches?: { target: { kind: string; name: string }; path: string }[];
}

/**
 * Assembles a kustomization's folder, for tests on machines without kustomize: resources, components, namespace, images, and
 * patches in JSON (RFC 6902, add and replace). Anything else in a kustomization is refused, so that nothing is overlooked.
 */
export function kustomize(folder: string): Manifest[] {
  const { kind, apiVersion, namespace, resources, components, images, patches, ...rest } = parse(
    readFileSync(join(folder, 'kustomization.yaml'), 'utf8'),
  ) as Kustomization & { apiVersion: string };
  if (Object.keys(rest).length > 0) throw new Error(`${folder}: ${Object.keys(rest).join(', ')} is not assembled here`);
  const read = (entry: string): Manifest[] =>
    entry.endsWith('.yaml')
      ? parseAllDocuments(readFileSync(join(folder, entry), 'utf8'), { merge: true }).map(
          (one) => one.toJS() as Manifest,
        )
      : kustomize(join(folder, entry));
  const all = [...(resources ?? []), ...(components ?? [])].flatMap(read);
  for (const manifest of all) {
    const isNamespace = manifest.kind === 'Namespace';
    if (namespace !== undefined && !isNamespace) manifest.metadata.namespace = namespace;
    for (const image of images ?? []) replaceImages(manifest, image.name, `${image.newName}:${image.newTag}`);
  }
  for (const { target, path } of patches ?? []) {
    const hits = all.filter((one) => matches(target.kind, one.kind) && matches(target.name, one.metadata.name));
    if (hits.length === 0) throw new Error(`${folder}: ${path} hits nothing`);
    for (const hit of hits) for (const patch of readPatches(join(folder, path))) apply(hit, patch);
  }
  return all;
}

const readPatches = (file: string): Patch[] => parse(readFileSync(file, 'utf8')) as Patch[];
const matches = (pattern: string, text: string): boolean => new RegExp(`^(?:${pattern})$`).test(text);

function replaceImages(value: unknown, name: string, image: string): void {
  if (typeof value !== 'object' || value === null) return;
  const object = value as Record<string, unknown>;
  if (object.image === name) object.image = image;
  for (const part of Object.values(object)) replaceImages(part, name, image);
}

function apply(manifest: Manifest, { op, path, value }: Patch): void {
  const steps = path.split('/').slice(1);
  const last = steps.pop() ?? '';
  let place: unknown = manifest;
  for (const step of steps) place = (place as Record<string, unknown>)[step];
  if (typeof place !== 'object' || place === null) throw new Error(`${manifest.metadata.name} has no ${path}`);
  if (Array.isArray(place) && last === '-') place.push(structuredClone(value));
  else if (op === 'replace' && !(last in place)) throw new Error(`${manifest.metadata.name} has no ${path} to replace`);
  else (place as Record<string, unknown>)[last] = structuredClone(value);
}
