/** What a document can be. */
export const documentKinds = ['manual', 'maintenance', 'drawing', 'data-sheet', 'certificate', 'software', 'other'] as const
export type DocumentKind = (typeof documentKinds)[number]

/** In which language it is written. both: Chinese and English */
export const documentLanguages = ['zh-CN', 'en', 'both', 'other'] as const
export type DocumentLanguage = (typeof documentLanguages)[number]

/**
 * Who may have it. Everybody sees that a document for `signed-in` is there; one for owners of a machine, for holders (whoever has a role
 * towards it: owner, operator, service partner), for named companies or staff is not there for anybody else.
 */
export const audiences = ['everybody', 'signed-in', 'owners', 'holders', 'companies', 'staff'] as const
export type Audience = (typeof audiences)[number]

/** What one document may have. bytes: of a file */
export const documentLimits = { bytes: 50_000_000, products: 100, devices: 100, companies: 200, plates: 50 }

/** A document is new for so many days after it, or its version, came. */
export const newForDays = 30
