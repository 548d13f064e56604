import { StatusBadge, type Tone, useTexts } from '#platform/web'
import type { AlarmState, Severity } from '../core/index.ts'

const severityTones: Record<Severity, Tone> = { critical: 'bad', high: 'warn', medium: 'active', low: 'neutral' }

/** How urgent it is, as shape and word. */
export function SeverityBadge({ severity }: { severity: Severity }) {
  const t = useTexts('alarms')
  return <StatusBadge tone={severityTones[severity]}>{t(`severity.${severity}`)}</StatusBadge>
}

const stateTones: Record<AlarmState, Tone> = {
  unacknowledged: 'waiting',
  acknowledged: 'active',
  returned: 'waiting',
  shelved: 'neutral',
  suppressed: 'neutral',
  normal: 'good',
}

/** Where it stands, as shape and word. */
export function StateBadge({ state }: { state: AlarmState }) {
  const t = useTexts('alarms')
  return <StatusBadge tone={stateTones[state]}>{t(`state.${state}`)}</StatusBadge>
}
