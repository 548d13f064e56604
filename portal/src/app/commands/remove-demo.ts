import { removeDemoAccounts } from '#features/accounts/server'
import { removeSampleFigures } from '#features/figures/server'
import { type Command, withPortal } from './command.ts'

export const removeDemo: Command = {
  words: 'demo remove',
  help: [
    "Takes the demo's accounts and invented figures out of the database, so that it can be used in production. Products stay.",
  ],
  async run() {
    const removed = await withPortal({ claim: false }, async ({ platform }) => {
      await removeSampleFigures(platform)
      return removeDemoAccounts(platform)
    })
    console.log(
      removed.length === 0
        ? 'There is no account of the demo in this database.'
        : `Removed ${removed.join(', ')}. The next start of the portal shows the link that sets up an administrator, if none is left.`,
    )
  },
}
