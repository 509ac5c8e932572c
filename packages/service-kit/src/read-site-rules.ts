import { type SiteRule, siteRule, siteRules } from '@newsmill/contracts';
import { readYaml } from './read-yaml.ts';

/**
 * Reads a YAML file of site rules.
 * @throws UsageError that names every fault by file, line and field
 */
export function readSiteRules(text: string, fileName: string): SiteRule[] {
  const known = (path: readonly PropertyKey[]) => Object.keys(path.length === 0 ? siteRules.shape : siteRule.shape);
  return readYaml(text, fileName, 'file of site rules', siteRules, known).data.rules;
}
