import type { LineChange } from './documentIndex';

/**
 * One replacement as an index takes it: lines `start` to `end` (both included), of which `removed` characters were
 * replaced by a text.
 */
export function lineChange(start: number, end: number, removed: number, text: string): LineChange {
  return { start, end, lines: text.split(/\r\n|\r|\n/).length, growth: text.length - removed };
}
