import { resealProgress, rotateKeys } from '#features/privacy/server'
import type { Platform } from '#platform/server'
import { type Command, withPortal } from './command.ts'

export const rotateKeysCommand: Command = {
  words: 'keys rotate',
  help: [
    'Makes a new data key, used from now on by every running portal, and wraps all keys by the first of ENCRYPTION_KEYS.',
    'What older keys sealed is sealed again in the background; after "keys status" says none is left under another master key, the others may go.',
  ],
  run: () =>
    withPortal({}, async ({ platform }) => {
      const { current, rewrapped } = await rotateKeys(platform)
      console.log(`Data key ${current} is in use. ${rewrapped} keys are newly wrapped by the first master key.`)
      await sayProgress(platform)
    }),
}

export const keysStatusCommand: Command = {
  words: 'keys status',
  help: ['Shows the data key in use and how many rows are still sealed under an older one, by table.'],
  run: () => withPortal({}, ({ platform }) => sayProgress(platform)),
}

async function sayProgress(platform: Platform): Promise<void> {
  const { current, columns } = await resealProgress(platform)
  const left = columns.filter(column => column.left > 0)
  if (left.length === 0) console.log(`Everything is sealed under data key ${current}.`)
  for (const { table, column, left: rows } of left) console.log(`${`${table}.${column}`.padEnd(36)} ${rows} rows to seal again`)
}
