// Automatic checks of accessibility: all of axe's rules, the WCAG 2.2 ones too.
import AxeBuilder from '@axe-core/playwright';
import { type Page } from '@playwright/test';

/** What is wrong with the page, a line each. */
export async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).options({ rules: { 'target-size': { enabled: true } } }).analyze();
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${rule.help}: ${node.target.join(' ')}`));
}
