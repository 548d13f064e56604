import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { exportAuditEntries } from '#features/audit/core'
import { exportEntries } from '#features/audit/server'
import { StartFailure } from '#platform/server'
import { type Command, withPortal } from './command.ts'

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
      await pipeline(content, createWriteStream(file!, { flags: 'wx', mode: 0o600 })).catch(explain(file!))
      return exported.rows
    })
    console.log(`Wrote ${entries} entries of the audit log to ${file}`)
  },
}

const explain = (file: string) => (error: NodeJS.ErrnoException) => {
  if (error.code === 'EEXIST') throw new StartFailure(`${file} exists already. Name a new file.`)
  throw error.syscall ? new StartFailure(`${file} cannot be written (${error.code}).`) : error
}
