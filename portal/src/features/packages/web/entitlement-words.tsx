import { formatDate, type Language } from '#platform/core'
import { StatusBadge, type Tone, type Translate, useTexts } from '#platform/web'
import type { EntitlementStatus, Standing } from '../core/index.ts'

const tones: Record<EntitlementStatus, Tone> = {
  requested: 'waiting',
  granted: 'active',
  running: 'good',
  expiring: 'warn',
  expired: 'neutral',
  ended: 'neutral',
}

/** How an entitlement stands; where it was ended, by what. */
export function EntitlementBadge({ status, ending }: Pick<Standing, 'status' | 'ending'>) {
  const t = useTexts('packages')
  return <StatusBadge tone={tones[status]}>{ending ? t(`ending.${ending}`) : t(`status.${status}`)}</StatusBadge>
}

/** From when until when; where that is not known yet, since when it waits. */
export function periodWords({ from, until, requestedAt }: Standing, t: Translate, language: Language, zone: string): string {
  const day = (at: string) => formatDate(at, language, zone)
  return from && until ? t('period', { from: day(from), until: day(until) }) : t('since', { at: day(requestedAt) })
}
