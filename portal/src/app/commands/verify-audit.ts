import { open } from 'node:fs/promises'
import { checkChain, checkExport } from '#features/audit/server'
import { type Anchor, StartFailure } from '#platform/server'
import { type Command, withPortal } from './command.ts'

export const verifyAudit: Command = {
  words: 'audit verify',
  options: { anchor: { type: 'string', multiple: true }, file: { type: 'string' } },
  optionWords: '[--anchor <place>:<hash>]… | --file <export>',
  help: [
    'Checks the chain of the audit log from its first entry to its last, against every end of it that was noted before.',
    '--file checks an export (.jsonl) instead, by the key of this portal.',
    '--anchor adds an end that you kept elsewhere. What a chain proves and what not: docs/security/audit.md',
  ],
  async run({ options }) {
    if (options.file) return verifyFile(String(options.file))
    const anchors = [options.anchor ?? []].flat().map(text => readAnchor(String(text)))
    const { entries, head, broken } = await withPortal({}, ({ platform }) => checkChain(platform, anchors))
    if (broken) {
      console.log(`The audit log does not hold: entry ${broken.position} (${reasons[broken.reason]}).`)
      process.exitCode = 1
      return
    }
    console.log(`The audit log holds: ${entries} entries. Its end, to be kept elsewhere: --anchor ${head.position}:${head.hash}`)
  },
}

async function verifyFile(file: string): Promise<void> {
  const handle = await open(file).catch(error => {
    throw new StartFailure(`${file} cannot be read (${error.code}).`)
  })
  const { entries, left, end, broken } = await withPortal({}, ({ platform }) => checkExport(platform, handle.readLines()))
  if (broken) {
    console.log(`The export does not hold: line ${broken.line} (${fileReasons[broken.reason]}).`)
    process.exitCode = 1
    return
  }
  const gaps = left === 0 ? 'without a gap' : `${left} between them left out`
  console.log(
    `The export holds: ${entries} entries, ${gaps}.${end ? ` To compare the log with it: --anchor ${end.position}:${end.hash}` : ''}`,
  )
}

const fileReasons = {
  unreadable: 'it is no entry of the log',
  changed: 'it is not as it was written, or of another portal',
  order: 'it stands before one that came earlier',
}

const reasons = {
  changed: 'it is not as it was written',
  missing: 'it is missing',
  head: 'it is the last one that is left, and more were written',
  anchor: 'it differs from what was noted before',
}

function readAnchor(text: string): Anchor {
  const [, position, hash] = /^(\d{1,15}):([\da-f]{64})$/.exec(text) ?? []
  if (!position || !hash)
    throw new StartFailure(`--anchor: "${text.slice(0, 80)}" is not a place and a hash. Write it as this command printed it.`)
  return { position: Number(position), hash }
}
