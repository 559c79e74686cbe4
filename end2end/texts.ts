// The texts of `locales/`, as a page must show them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const LANGUAGES = ['en', 'sr-Cyrl', 'sr-Latn'] as const;
export type Language = (typeof LANGUAGES)[number];

type Texts = Record<string, Record<string, string>>;
type Values = Record<string, string | number>;

const texts = Object.fromEntries(
  LANGUAGES.map((language) => [
    language,
    JSON.parse(readFileSync(join(__dirname, '../locales', `${language}.json`), 'utf8')) as Texts,
  ]),
) as Record<Language, Texts>;

/** The text of a key such as `board.new`, its placeholders filled. */
export function text(language: Language, key: string, values: Values = {}): string {
  const pattern = patterns(language).get(key);
  if (pattern === undefined) throw new Error(`locales/${language}.json has no ${key}`);
  return pattern.replaceAll(/\{\{ (\w+) \}\}/g, (_, name: string) => String(values[name]));
}

/** The form of a text that goes with a number, by the rules of Unicode and not by those of the product. */
export function counted(language: Language, key: string, count: number, values: Values = {}): string {
  const form = new Intl.PluralRules(language).select(count);
  return text(language, `${key}_${form}`, { count, ...values });
}

/** Every key with its text. */
export function patterns(language: Language): Map<string, string> {
  const keys = Object.entries(texts[language]).flatMap(([section, entries]) =>
    Object.entries(entries).map(([key, value]) => [`${section}.${key}`, value] as const),
  );
  return new Map(keys);
}

/** English, which most tests speak. */
export const en = (key: string, values?: Values): string => text('en', key, values);
