import { exportAuditEntries } from '#features/audit/core'
import { exportEntries } from '#features/audit/server'
import { StartFailure } from '#platform/server'
import { type Command, withPortal } from './command.ts'
import { writeNewFile } from './write-new-file.ts'

export const exportAudit: Command = {
  words: 'audit export',
  parameters: ['file'],
  options: { from: { type: 'string' }, to: { type: 'string' } },
  optionWords: '[--from <day>] [--to <day>]',
  help: [
    'Writes the audit log into a new file, .jsonl or .csv, each entry with its place and hash in the chain; days are UTC, as 2026-11-25.',
    'Exporting is an entry itself. `audit verify --file` checks a .jsonl later.',
  ],
  async run({ parameters: [file], options: { from, to } }) {
    const format = /\.(jsonl|csv)$/.exec(file!)?.[1]
    if (!format) throw new StartFailure(`"${file}" does not say what to write. Give a name that ends with .jsonl or .csv.`)
    const wish = exportAuditEntries.body!.safeParse({ format, from, to })
    if (!wish.success) throw new StartFailure('--from and --to take a day, such as 2026-11-25.')
    const entries = await withPortal({}, async ({ platform }) => {
      const { content, export: exported } = await exportEntries(platform, wish.data)
      await writeNewFile(file!, content, 0o600)
      return exported.rows
    })
    console.log(`Wrote ${entries} entries of the audit log to ${file}`)
  },
}
