/** What whoever imports declares of the people in his file; texts `declaration`. Another wording is another version. */
export const declaration = { version: '2026-11' } as const
