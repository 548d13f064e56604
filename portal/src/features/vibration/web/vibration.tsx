import { useEffect, useState } from 'react'
import { formatNumber, formatTime, formatUnit } from '#platform/core'
import { EmptyState, Measure, SelectField, StatusBadge, type Tone, useLanguage, useTexts, useTimeZone } from '#platform/web'
import { type DeviceVibration, type PointView, type RecordView, type Spectra, statusOfZone, type Zone } from '../core/index.ts'
import { SpectraOfRecord } from './spectra.tsx'
import style from './vibration.module.css'

export interface ReadVibration {
  all(): Promise<DeviceVibration>
  spectra(point: string, at: string): Promise<Spectra>
}

/** How one machine vibrates: each point with its last records; read anew each minute while it is looked at. */
export function Vibration({ first, read }: { first: DeviceVibration; read: ReadVibration }) {
  const t = useTexts('vibration')
  const { withheld, points } = usePresent(first, read)
  const empty = points.every(({ records }) => records.length === 0)
  if (withheld && empty) return <EmptyState title={t('withheld')}>{t('withheldHelp')}</EmptyState>
  if (points.length === 0) return <EmptyState title={t('noPoints')}>{t('noPointsHelp')}</EmptyState>
  return (
    <div className={style.page}>
      {points.map(point => (
        <Point point={point} read={read} key={point.key} />
      ))}
    </div>
  )
}

function Point({ point, read }: { point: PointView; read: ReadVibration }) {
  const t = useTexts('vibration')
  const language = useLanguage()
  const timeZone = useTimeZone()
  const { key, name, unit, component, boundaries, records } = point
  const [chosen, choose] = useState('')
  const record = records.find(({ at }) => at === chosen) ?? records[0]
  const number = (value: number) => formatNumber(value, language)
  return (
    <section className={style.point} aria-labelledby={`point-${key}`}>
      <header className={style.head}>
        <h2 id={`point-${key}`}>{name[language]}</h2>
        {component ? <span className={style.muted}>{component[language]}</span> : null}
      </header>
      {record ? (
        <>
          <SelectField
            label={t('record')}
            value={record.at}
            onChange={event => choose(event.target.value)}
            options={records.map(({ at, zone }) => ({
              value: at,
              label: [formatTime(at, language, timeZone), zone && t('zone', { zone })].filter(Boolean).join(' · '),
            }))}
          />
          <Figures record={record} unit={unit} />
          {boundaries ? (
            <p className={style.muted}>
              {t('boundaries', {
                ...{ name: boundaries.name[language], ab: number(boundaries.ab) },
                ...{ bc: number(boundaries.bc), cd: number(boundaries.cd) },
              })}
            </p>
          ) : null}
          <SpectraOfRecord point={key} at={record.at} unit={formatUnit(unit, language)} read={read.spectra} />
        </>
      ) : (
        <EmptyState title={t('noRecords')}>{t('noRecordsHelp')}</EmptyState>
      )}
    </section>
  )
}

const toneOf = { good: 'good', 'maintenance-required': 'waiting', 'out-of-specification': 'warn' } as const satisfies Record<
  (typeof statusOfZone)[Zone],
  Tone
>

function Figures({ record, unit }: { record: RecordView; unit: string }) {
  const t = useTexts('vibration')
  const { velocity, zone, rms, peak, crest, kurtosis, speed } = record
  return (
    <div className={style.figures}>
      <p className={style.velocity}>
        <span className={style.muted}>{t('velocity')}</span>
        <strong>
          <Measure value={velocity} unit="mm/s" decimals={2} />
        </strong>
        {zone ? (
          <StatusBadge tone={toneOf[statusOfZone[zone]]}>{`${t('zone', { zone })} · ${t(`zones.${zone}`)}`}</StatusBadge>
        ) : null}
      </p>
      <dl className={style.facts}>
        <div>
          <dt>{t('rms')}</dt>
          <dd>
            <Measure value={rms} unit={unit} decimals={2} />
          </dd>
        </div>
        <div>
          <dt>{t('peak')}</dt>
          <dd>
            <Measure value={peak} unit={unit} decimals={2} />
          </dd>
        </div>
        <div>
          <dt>{t('crest')}</dt>
          <dd>
            <Measure value={crest} unit="" decimals={1} />
          </dd>
        </div>
        <div>
          <dt>{t('kurtosis')}</dt>
          <dd>
            <Measure value={kurtosis} unit="" decimals={1} />
          </dd>
        </div>
        <div>
          <dt>{t('speed')}</dt>
          <dd>{speed === null ? t('speedUnknown') : <Measure value={speed} unit="1/min" decimals={0} />}</dd>
        </div>
      </dl>
    </div>
  )
}

function usePresent(first: DeviceVibration, read: ReadVibration): DeviceVibration {
  const [vibration, setVibration] = useState(first)
  useEffect(() => {
    let current = true
    const look = async () => {
      if (document.visibilityState !== 'visible') return
      const seen = await read.all().catch(() => null) // the next look tries again
      if (current && seen) setVibration(seen)
    }
    const timer = setInterval(look, 60_000)
    document.addEventListener('visibilitychange', look)
    return () => {
      current = false
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [read])
  return vibration
}
