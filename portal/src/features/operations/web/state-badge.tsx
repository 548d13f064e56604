import { StatusBadge, type Tone, useTexts } from '#platform/web'
import type { HealthState } from '../core/index.ts'

const tones: Record<HealthState, Tone> = { fine: 'good', unknown: 'neutral', warning: 'warn', failing: 'bad' }

export function StateBadge({ state }: { state: HealthState }) {
  const t = useTexts('operations')
  return <StatusBadge tone={tones[state]}>{t(`state.${state}`)}</StatusBadge>
}
