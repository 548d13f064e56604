import { useState } from 'react'
import { formatNumber, pathIn } from '#platform/core'
import {
  ActionButton,
  type Column,
  DataTable,
  Notice,
  SelectField,
  StatusBadge,
  type Tone,
  useLanguage,
  useTexts,
} from '#platform/web'
import { type ListCheck, type ListedMachine, type ListVerdict, listVerdicts } from '../core/index.ts'
import { Findings } from './findings.tsx'
import style from './provisioning.module.css'

/** Rows shown at once. */
const most = 100

interface Props {
  check: ListCheck
  busy: boolean
  onRegister(): void
}

/** What would become of each row of a file, and the button that has it done. */
export function CheckedList({ check, busy, onRegister }: Props) {
  const t = useTexts('provisioning')
  const language = useLanguage()
  const columns = useColumns()
  const { counts, machines, findings } = check
  const [chosen, setChosen] = useState<ListVerdict | 'all'>(counts.error ? 'error' : 'all')
  const wrong = Boolean(counts.error) || findings.some(({ level }) => level === 'error')
  const shown = machines.filter(({ verdict }) => chosen === 'all' || verdict === chosen)
  const options = (['all', ...listVerdicts] as const).flatMap(value => {
    const count = value === 'all' ? machines.length : (counts[value] ?? 0)
    const name = t(value === 'all' ? 'all' : `verdict.${value}`)
    return count > 0 || value === 'all' ? [{ value, label: `${name} ${formatNumber(count, language)}` }] : []
  })
  return (
    <section className={style.section} aria-labelledby="checked">
      <h2 id="checked">{t('result')}</h2>
      {wrong ? (
        <Notice tone="bad" live title={t('wrong')}>
          <p>{t('wrongHelp')}</p>
          <Findings findings={findings} />
        </Notice>
      ) : counts.new ? (
        <Notice tone="good" live title={t('ready')}>
          <p>{t('readyHelp')}</p>
          {counts.known ? <p>{t('knownHelp')}</p> : null}
          <Findings findings={findings} />
        </Notice>
      ) : (
        <Notice tone="info" live title={t('nothing')}>
          <p>{t('nothingHelp')}</p>
        </Notice>
      )}
      {!wrong && counts.new ? (
        <div className={style.actions}>
          <ActionButton strength="primary" disabled={busy} onClick={onRegister}>
            {t('register', { count: counts.new })}
          </ActionButton>
          <span role="status">{busy ? t('registering') : ''}</span>
        </div>
      ) : null}
      {machines.length > 0 ? (
        <>
          <div className={style.form}>
            <SelectField
              label={t('show')}
              options={options}
              value={chosen}
              onChange={({ target }) => setChosen(target.value as ListVerdict | 'all')}
            />
          </div>
          <DataTable
            label={t('result')}
            columns={columns}
            rows={shown.slice(0, most)}
            rowId={({ row }) => String(row)}
            empty={null}
          />
          {shown.length > most ? <p className={style.help}>{t('more', { count: shown.length - most })}</p> : null}
        </>
      ) : null}
    </section>
  )
}

const tones: Record<ListVerdict, Tone> = { error: 'bad', known: 'neutral', new: 'good' }

function useColumns(): Column<ListedMachine>[] {
  const t = useTexts('provisioning')
  const language = useLanguage()
  return [
    { id: 'row', title: t('row'), cell: ({ row }) => row, narrow: true, optional: true },
    {
      id: 'serial',
      title: t('serial'),
      cell: ({ serial, deviceId }) =>
        deviceId ? <a href={pathIn(language, `/console/devices/${deviceId}`)}>{serial}</a> : (serial ?? '–'),
      narrow: true,
    },
    { id: 'model', title: t('model'), cell: ({ model }) => model ?? '–', optional: true },
    { id: 'company', title: t('company'), cell: ({ company }) => company ?? t('nobody'), optional: true },
    {
      id: 'verdict',
      title: t('verdictTitle'),
      cell: ({ verdict }) => <StatusBadge tone={tones[verdict]}>{t(`verdict.${verdict}`)}</StatusBadge>,
      narrow: true,
    },
    { id: 'findings', title: t('findings'), cell: ({ findings }) => <Findings findings={findings} /> },
  ]
}
