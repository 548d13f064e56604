import { readSurvivedSince, runsOutside } from './migrate.ts'

/** Tables that grow with the business: what rewrites, scans or locks them for long stops the portals that are running. */
const large = [
  ...['event', 'contact', 'inquiry', 'lead', 'lead_entry', 'configuration', 'person', 'session', 'credential'],
  ...['audit_entry', 'subject_key', 'caught_mail', 'sms', 'idempotency_key', 'stored_file'],
]

interface Rule {
  /** on the statement without comments and texts, in lower case; group 1 is the table or index */
  pattern: RegExp
  /** only where the table is large; default: every table that was there before */
  onlyLarge?: boolean
  /** may be done once every running version does without: `-- survived since: <migration>` */
  later?: boolean
  why: string
}

const table = String.raw`(?:if exists\s+)?(?:only\s+)?([\w.]+)`

/** What a portal of the version before, running beside, would not survive. */
const rules: Rule[] = [
  { pattern: new RegExp(`^drop (?:table|view|materialized view) ${table}`), later: true, why: 'takes away a table' },
  {
    pattern: new RegExp(`^alter table ${table} .*\\bdrop (?:column )?(?!constraint|default|not null|expression|identity)`, 's'),
    later: true,
    why: 'takes away a column',
  },
  {
    pattern: new RegExp(`^alter table ${table} .*\\brename\\b`, 's'),
    why: 'renames: add the new name, fill it, and drop the old one later',
  },
  {
    pattern: new RegExp(`^alter table ${table} .*\\balter (?:column )?\\w+ (?:set data )?type\\b`, 's'),
    why: 'changes a type: add another column',
  },
  {
    pattern: new RegExp(`^alter table ${table} .*\\bset not null`, 's'),
    later: true,
    why: 'refuses rows without a value, which the version before still writes',
  },
  {
    pattern: new RegExp(
      `^alter table ${table} .*\\badd (?:column )?(?!constraint|check|foreign|unique|primary|exclude)(?:if not exists )?\\w+ (?:(?!\\bdefault\\b|\\bgenerated\\b|,).)*\\bnot null(?!(?:(?!,).)*\\b(?:default|generated)\\b)`,
      's',
    ),
    why: 'adds a column that must have a value, which the version before does not give: name a default',
  },
  {
    pattern: new RegExp(`^alter table ${table} .*\\badd (?:constraint|check|foreign|unique|primary|exclude)\\b`, 's'),
    later: true,
    why: 'adds a constraint, which the version before may break',
  },
  {
    pattern: new RegExp(`^alter table ${table} .*\\badd .*\\b(?:unique|primary key|generated|serial|bigserial)\\b`, 's'),
    onlyLarge: true,
    why: 'rewrites or scans a large table while everybody waits',
  },
  {
    pattern: new RegExp(`^alter table ${table} .*\\bdefault (?:gen_random_uuid|uuidv\\d|random|clock_timestamp|nextval)`, 's'),
    onlyLarge: true,
    why: 'gives every row of a large table another default, which rewrites it',
  },
  {
    pattern: new RegExp(`^(?:update|delete from) ${table}`),
    onlyLarge: true,
    why: 'changes the rows of a large table in one transaction: do it in a job, some at a time',
  },
  {
    pattern: new RegExp(`^(?:truncate(?: table)?|lock(?: table)?|cluster|vacuum full) ${table}`),
    why: 'locks a table or empties it',
  },
  {
    pattern: /^create (?:unique )?index (?!concurrently)(?:(?!\bon\b).)*\bon (?:only )?([\w.]+)/s,
    onlyLarge: true,
    why: 'builds an index while writers wait: build it concurrently, outside of a transaction',
  },
]

/**
 * Why a portal of the version before would not go on beside this migration, a sentence each; none: it does.
 * sql: the file
 */
export function refuseMigration(sql: string): string[] {
  const statements = readStatements(sql)
  const own = new Set(statements.flatMap(text => /^create (?:unlogged )?table (?:if not exists )?([\w.]+)/.exec(text)?.[1] ?? []))
  const survived = readSurvivedSince(sql) !== null
  const refused = statements.flatMap(text =>
    rules.flatMap(({ pattern, onlyLarge, later, why }) => {
      const name = pattern.exec(text)?.[1]
      if (name === undefined || own.has(name) || (onlyLarge && !large.includes(name)) || (later && survived)) return []
      const way = later ? ', unless "-- survived since: <migration>" names the first version that does without it' : ''
      return [`${shorten(text)}: ${why}${way}`]
    }),
  )
  return [...refused, ...refuseOutside(sql, statements)]
}

/** What is left of an index whose building was interrupted must go before it is built again. */
function refuseOutside(sql: string, statements: string[]): string[] {
  const concurrent = statements.filter(text => /\bconcurrently\b/.test(text))
  if (!runsOutside(sql)) return concurrent.map(text => `${shorten(text)}: is not possible without "-- outside of a transaction"`)
  return statements.flatMap((text, i) => {
    const index = /^create (?:unique )?index concurrently (\w+)/.exec(text)?.[1]
    if (index && statements[i - 1] === `drop index concurrently if exists ${index}`) return []
    if (/^drop index concurrently if exists \w+$/.test(text)) return []
    return [
      `${shorten(text)}: outside of a transaction an index is dropped if it exists, then built, both concurrently, and nothing else`,
    ]
  })
}

/** Statements in lower case with single spaces, without comments, texts and the bodies of functions. */
function readStatements(sql: string): string[] {
  return sql
    .replace(/--.*$/gm, '')
    .replace(/\$(\w*)\$.*?\$\1\$/gs, "''")
    .replace(/'(?:[^']|'')*'/g, "''")
    .toLowerCase()
    .split(';')
    .map(text => text.replace(/\s+/g, ' ').trim())
    .filter(text => text !== '')
}

const shorten = (text: string) => (text.length > 90 ? `${text.slice(0, 87)}…` : text)
