import type { Tone, Translate } from '#platform/web'
import type { PastControl } from '../core/index.ts'

const tones: Record<PastControl['state'], Tone> = {
  ...{ waiting: 'active', accepted: 'good', done: 'good', replaced: 'neutral', ended: 'neutral' },
  ...{ refused: 'bad', failed: 'bad', expired: 'warn' },
}

/** What came of something, as a shape and words. */
export function outcomeOf(
  { state, reason, kind }: Pick<PastControl, 'state' | 'reason' | 'kind'>,
  t: Translate,
): { tone: Tone; text: string } {
  const begun = kind === 'command' && state === 'accepted'
  const word = t(begun ? 'begun' : `states.${state}`)
  const said = reason ?? (kind === 'setting' && state === 'refused' ? t('kept') : null)
  return { tone: begun ? 'active' : tones[state], text: said ? t('because', { state: word, reason: said }) : word }
}
