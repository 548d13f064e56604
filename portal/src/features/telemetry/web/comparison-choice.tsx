import { useEffect, useState } from 'react'
import { Choice, ChoiceGroup, SelectField, useLanguage, useTexts } from '#platform/web'
import type { Measured } from '../core/index.ts'
import { againstOf, type Compared, writtenCompared } from './compared.ts'
import style from './comparison.module.css'

/** Other machines whose readings can be laid beside. */
export type ReadAlike = () => Promise<{ items: { id: string; name: string }[] }>

interface Props {
  metrics: readonly Measured[]
  compared: Compared
  most: number
  readAlike: ReadAlike
  onCompare(compared: Compared): void
}

/** Which metrics are compared, and with what. */
export function ComparisonChoice({ metrics, compared, most, readAlike, onCompare }: Props) {
  const t = useTexts('telemetry')
  const language = useLanguage()
  const [machines, setMachines] = useState<{ id: string; name: string }[]>([])
  useEffect(() => {
    let current = true
    readAlike().then(
      ({ items }) => current && setMachines(items),
      () => {}, // then there is none to choose
    )
    return () => {
      current = false
    }
  }, [readAlike])
  const { metrics: chosen, against } = compared
  const full = chosen.length >= most
  return (
    <div className={style.choice}>
      <ChoiceGroup title={t('compare.metrics', { most })}>
        <div className={style.metrics}>
          {metrics.map(({ key, name }) => (
            <Choice
              type="checkbox"
              label={name[language]}
              checked={chosen.includes(key)}
              disabled={full && !chosen.includes(key)}
              onChange={({ target }) =>
                onCompare({ against, metrics: target.checked ? [...chosen, key] : chosen.filter(one => one !== key) })
              }
              key={key}
            />
          ))}
        </div>
      </ChoiceGroup>
      <SelectField
        label={t('compare.with')}
        value={writtenCompared(compared).against ?? ''}
        onChange={({ target }) => onCompare({ metrics: chosen, against: againstOf(target.value) })}
        options={[
          { value: '', label: t('compare.nothing') },
          { value: 'day', label: t('compare.day') },
          { value: 'week', label: t('compare.week') },
          ...machines.map(({ id, name }) => ({ value: id, label: t('compare.machine', { name }) })),
        ]}
      />
    </div>
  )
}
