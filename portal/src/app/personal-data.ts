import { join } from 'node:path'
import { keptText } from '#features/privacy/server'
import { type PersonalTable, personalTables } from '#platform/server'
import { features } from './features.ts'

export const personalDataFile: string = join(import.meta.dirname, '../../../docs/security/personal-data.md')

/** The page that says which columns are personal, why, and for how long. Made from the declarations; a test holds it to them. */
export function personalDataPage(): string {
  const tables = personalTables(features)
  const [personal, others] = [tables.filter(isPersonal), tables.filter(table => !isPersonal(table))]
  return `# Personal data

Made by \`npm run personal-data\` from the declarations (\`server/personal.ts\` of each feature, \`platform/server/personal-tables.ts\`). A test
compares, and finds any column of text, JSON or bytes that is not declared.

**sealed**: AES-256-GCM under a data key of the vault. **digest**: HMAC-SHA-256 under a key of its own, for exact look-up.
**hash**: of a secret, without a way back. **plain**: readable in the table, shown to those with the right only.

${personal.map(section).join('\n')}
## Tables that tell of nobody

| table | columns | why not |
|---|---|---|
${others.flatMap(({ table, impersonal }) => Object.entries(impersonal).map(([reason, columns]) => `| ${table} | ${columns.join(', ')} | ${reason} |`)).join('\n')}
`
}

const isPersonal = ({ personal }: PersonalTable) => Object.keys(personal).length > 0

const section = ({ table, about, why, kept, personal, impersonal }: PersonalTable) => `## ${table}${about ? `: ${about.en}` : ''}

${why ? `${why.en}. ` : ''}Kept ${keptText(kept).en}.

| column | what | protection |
|---|---|---|
${Object.entries(personal)
  .map(([column, { what, protection, why }]) => `| ${column} | ${what.en}${why ? ` (${why.en})` : ''} | ${protection} |`)
  .join('\n')}

${Object.entries(impersonal)
  .map(([reason, columns]) => `Not personal: ${columns.join(', ')} (${reason}).`)
  .join('\n')}
`
