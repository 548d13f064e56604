import type { Enumeration } from './syntax.ts'

/** The enumeration that every file has. */
export const BOOL: Enumeration = {
  name: 'Bool',
  at: '',
  attributes: [],
  options: new Map(['True', 'False'].map(name => [name, { at: '', values: [] }])),
}
