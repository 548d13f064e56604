import { StatusBadge, useTexts } from '#platform/web'
import type { DeviceMetrics } from '../core/index.ts'
import style from './readings.module.css'

/** Devices that report through the machine. Nothing where there are none. */
export function DevicesBelow({ below, at }: { below: DeviceMetrics['below']; at(moment: string): string }) {
  const t = useTexts('telemetry')
  if (below.length === 0) return null
  return (
    <section className={style.below} aria-label={t('below')}>
      <h2>{t('below')}</h2>
      <ul>
        {below.map(one => (
          <li key={one.name}>
            {one.name}{' '}
            <StatusBadge tone={one.connected ? 'good' : 'neutral'}>{t(one.connected ? 'connected' : 'disconnected')}</StatusBadge>{' '}
            <small className={style.muted}>{t('since', { at: at(one.since) })}</small>
          </li>
        ))}
      </ul>
    </section>
  )
}
