/**
 * Characters that show nothing and do something: C0 but for tab and line feed, DEL, C1, the marks that turn the direction
 * of writing, and those of no width.
 */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

export const withoutInvisible = (text: string): string => text.replace(INVISIBLE, "");

/** Whether a text would read as another one, or not fit on its line. */
export const hasInvisible = (text: string): boolean => /[\t\n]/.test(text) || withoutInvisible(text) !== text;
