import type { Decision } from '@fettle/engine'
import { type Configuring, choose, chooseNone, redo, release, replace, reset, type Step, toggle, undo } from './configuring.ts'

/** One thing a visitor does, as plain data: it may cross from the page to the engine's thread. */
export type Act =
  /** a click on an option */
  | { act: 'toggle'; option: string }
  | { act: 'choose'; decision: Decision }
  /** nothing of an optional choose-one group */
  | { act: 'none'; group: string }
  /** gives a decision back to the defaults */
  | { act: 'release'; decision: Decision }
  /** all decisions at once; `asked` is what the visitor wanted of it */
  | { act: 'replace'; decisions: readonly Decision[]; asked: readonly Decision[] }
  | { act: 'undo' | 'redo' | 'reset' }

/** What an act makes of a configuration. An act that cannot be done changes nothing and says why. */
export function perform(now: Configuring, wish: Act): Step {
  switch (wish.act) {
    case 'toggle':
      return toggle(now, wish.option)
    case 'choose':
      return choose(now, wish.decision)
    case 'none':
      return chooseNone(now, wish.group)
    case 'release':
      return done(release(now, wish.decision))
    case 'replace':
      return done(replace(now, wish.decisions, wish.asked))
    case 'undo':
      return done(undo(now))
    case 'redo':
      return done(redo(now))
    case 'reset':
      return done(reset(now))
  }
}

const done = (configuring: Configuring): Step => ({ status: 'ok', configuring })
