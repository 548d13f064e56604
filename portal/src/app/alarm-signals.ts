import type { Signal } from '#features/advisory/core'
import type { SignalSource } from '#features/advisory/server'
import { isByRule, ruleIdOf } from '#features/alarms/core'
import { alarmsOf, openAlarms } from '#features/alarms/server'

/** An alarm that is open for longer has become part of the machine. */
const longestOpen = 400 * 86_400_000

/**
 * Open alarms as what may ask for work on a machine: by the id of their rule, by their name in either language, and what was found by other ways
 * than rules by its component. Since they were first raised, for by that it is decided who may see them.
 */
export const alarmSignals: SignalSource = async (platform, deviceIds) => {
  const now = platform.now().getTime()
  const span = { from: new Date(now - longestOpen), until: new Date(now + 86_400_000) }
  const signals = new Map<string, Signal[]>()
  for (const deviceId of (await openAlarms(platform, deviceIds)).keys()) {
    const open = (await alarmsOf(platform, deviceId, span)).filter(({ state }) => state !== 'normal')
    signals.set(
      deviceId,
      open.flatMap(({ name, startedAt, source, component }) => {
        const said = { name, since: startedAt.toISOString(), value: null, found: !isByRule(source) }
        const found = component !== null && source.startsWith('diagnosis:')
        return [
          ...[...new Set([ruleIdOf(source) ?? name.en, name.en, name['zh-CN']])].map(code => ({
            ...said,
            kind: 'alarm' as const,
            code,
          })),
          ...(found ? [{ ...said, kind: 'finding' as const, code: component }] : []),
        ]
      }),
    )
  }
  return signals
}
