import { attackModes } from '#platform/core'
import { StartFailure } from '#platform/server'
import { type Command, withPortal } from './command.ts'

export const attackCommand: Command = {
  words: 'attack',
  optional: attackModes.join('|'),
  help: [
    'Sets the switch of the stricter mode under attack, for every running portal process at once; without a word, shows it.',
    'auto (as it is at first): on with signs of an attack, off after five calm minutes. What it does: docs/guides/operating.md',
  ],
  async run({ parameters }) {
    const [wish] = parameters
    const mode = attackModes.find(one => one === wish)
    if (wish !== undefined && !mode) throw new StartFailure(`"${wish.slice(0, 40)}" is none of ${attackModes.join(', ')}.`)
    await withPortal({}, async ({ platform: { attackMode } }) => {
      if (mode) await attackMode.switchTo(mode, null)
      const { strict, since, why, ...now } = await attackMode.standing()
      const last = since ? ` since ${since.toISOString()} (${why})` : ''
      console.log(`The switch is at ${now.mode}. The stricter mode is ${strict ? 'on' : 'off'}${last}.`)
    })
  },
}
