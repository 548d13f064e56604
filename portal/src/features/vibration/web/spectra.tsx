import { lazy, Suspense, useEffect, useState } from 'react'
import { formatNumber } from '#platform/core'
import { ActionButton, Measure, SkeletonLines, useLanguage, useTexts } from '#platform/web'
import type { Spectra } from '../core/index.ts'
import style from './vibration.module.css'

const SpectrumChart = lazy(() => import('./spectrum-chart.tsx'))

interface Props {
  point: string
  at: string
  /** as it is written */
  unit: string
  read(point: string, at: string): Promise<Spectra>
}

/** Spectrum and envelope spectrum of one record, with where damage of the bearing would show. */
export function SpectraOfRecord({ point, at, unit, read }: Props) {
  const t = useTexts('vibration')
  const { spectra, failed, again } = useSpectra(point, at, read)
  if (failed)
    return (
      <div className={style.inPlace} role="alert">
        {t('failed')}
        <ActionButton size="small" onClick={again}>
          {t('again')}
        </ActionButton>
      </div>
    )
  if (!spectra)
    return (
      <div className={style.inPlace}>
        <SkeletonLines label={t('loading')} />
      </div>
    )
  const { spectrum, envelope, faults } = spectra
  return (
    <>
      <Chart name={t('spectrum')} help={t('spectrumHelp', { unit })} unit={unit} lines={spectrum} faults={[]} />
      <Chart name={t('envelope')} help={t('envelopeHelp', { unit })} unit={unit} lines={envelope} faults={faults} />
      {faults.length > 0 ? <Faults faults={faults} /> : <p className={style.muted}>{t('noFaults')}</p>}
    </>
  )
}

interface ChartProps {
  name: string
  help: string
  unit: string
  lines: Spectra['spectrum']
  faults: Spectra['faults']
}

function Chart({ name, help, unit, lines, faults }: ChartProps) {
  const t = useTexts('vibration')
  const language = useLanguage()
  const value = Math.max(...lines.values)
  const frequency = formatNumber(lines.values.indexOf(value) * lines.step, language, 0)
  return (
    <section className={style.chart}>
      <h3>{name}</h3>
      <p className={style.muted}>{help}</p>
      <Suspense fallback={<div className={style.inPlace} />}>
        <SpectrumChart
          {...{ lines, faults, language }}
          label={t('summary', { name, unit, frequency, value: formatNumber(value, language, 2) })}
        />
      </Suspense>
    </section>
  )
}

function Faults({ faults }: Pick<Spectra, 'faults'>) {
  const t = useTexts('vibration')
  return (
    <section className={style.chart}>
      <h3>{t('faults')}</h3>
      <table className={style.table}>
        <thead>
          <tr>
            <th scope="col">{t('fault')}</th>
            <th scope="col">{t('frequency')}</th>
            <th scope="col">{t('score')}</th>
          </tr>
        </thead>
        <tbody>
          {faults.map(({ fault, frequency, score }) => (
            <tr key={fault}>
              <th scope="row">{t(`names.${fault}`)}</th>
              <td>
                <Measure value={frequency} unit="Hz" decimals={1} />
              </td>
              <td>{score === null ? t('beyond') : <Measure value={score} unit="dB" decimals={1} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={style.muted}>{t('faultsHelp')}</p>
    </section>
  )
}

/** Another record is read while the one before stays, so that nothing jumps. */
function useSpectra(point: string, at: string, read: Props['read']) {
  const [spectra, setSpectra] = useState<Spectra | null>(null)
  const [failed, setFailed] = useState(false)
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try reads the same again
  useEffect(() => {
    let current = true
    setFailed(false)
    read(point, at).then(
      seen => current && setSpectra(seen),
      () => current && setFailed(true),
    )
    return () => {
      current = false
    }
  }, [point, at, read, tries])
  return { spectra, failed, again: () => setTries(tries + 1) }
}
