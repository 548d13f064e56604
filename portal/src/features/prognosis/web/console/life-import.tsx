import { useState } from 'react'
import { useRevalidator } from 'react-router'
import { ProblemNotice } from '#features/accounts/web'
import { fillPath, formatDay } from '#platform/core'
import { ActionButton, ActionLink, api, type Column, DataTable, Field, useLanguage, useProblem, useTexts } from '#platform/web'
import { importLives, type LifeListView, lifeTemplate, type PartDetail } from '../../core/index.ts'
import style from './models.module.css'

type Row = LifeListView['rows'][number]

/** Past ends from an Excel list: looked at first, with what is wrong in each row, then written whole. */
export function LifeImport({ part }: { part: PartDetail }) {
  const t = useTexts('prognosis')
  const language = useLanguage()
  const { revalidate } = useRevalidator()
  const { problem, fields, attempt } = useProblem()
  const [file, setFile] = useState<File | null>(null)
  const [list, setList] = useState<LifeListView | null>(null)
  const [busy, setBusy] = useState(false)
  const params = { typeId: part.typeId, component: part.component.key }
  const send = async (chosen: File, write: boolean) => {
    setBusy(true)
    const body = { name: chosen.name, content: chosen }
    const answer = await attempt(() => api.call(importLives, { params, query: { write: write ? 'yes' : 'no' }, body }))
    setBusy(false)
    setList(answer ?? null)
    if (answer && answer.written > 0) await revalidate()
  }
  const wrong = list?.rows.filter(({ faults }) => faults.length > 0).length ?? 0
  const day = (on: string | null) => (on === null ? '–' : formatDay(on, language))
  const columns: Column<Row>[] = [
    { id: 'row', title: t('desk.row'), cell: ({ row }) => String(row), narrow: true },
    { id: 'serial', title: t('desk.serial'), cell: ({ serial }) => serial || '–' },
    { id: 'began', title: t('desk.began'), cell: ({ beganOn }) => day(beganOn), narrow: true, optional: true },
    { id: 'ended', title: t('desk.ended'), cell: ({ endedOn }) => day(endedOn), narrow: true },
    { id: 'ending', title: t('desk.ending'), cell: ({ ending }) => (ending ? t(`desk.endings.${ending}`) : '–') },
    {
      ...{ id: 'faults', title: t('desk.faultsTitle') },
      cell: ({ faults }) =>
        faults.map(({ column, fault }) => t(`desk.faults.${fault}`, { column: t(`desk.columns.${column}`) })).join(' '),
    },
  ]
  return (
    <section className={style.section}>
      <h2>{t('desk.importTitle')}</h2>
      <p className={style.muted}>{t('desk.importHelp')}</p>
      <ProblemNotice problem={problem?.errors?.length ? null : problem} />
      <p>
        <ActionLink size="small" reloadDocument to={`/api/v1${fillPath(lifeTemplate.path, params)}`}>
          {t('desk.template')}
        </ActionLink>
      </p>
      <Field label={t('desk.file')} error={Object.values(fields)[0]}>
        {control => (
          <input
            {...control}
            type="file"
            accept=".xlsx"
            onChange={event => {
              const chosen = event.target.files?.[0] ?? null
              setFile(chosen)
              setList(null)
              if (chosen) void send(chosen, false)
            }}
          />
        )}
      </Field>
      <div role="status">
        {list === null
          ? ''
          : list.written > 0
            ? t('desk.written', { count: list.written })
            : wrong > 0
              ? t('desk.wrongRows', { wrong, count: list.rows.length })
              : t('desk.readyRows', { count: list.rows.length })}
      </div>
      {list && list.written === 0 && list.rows.length > 0 ? (
        <>
          <DataTable
            label={t('desk.importTitle')}
            columns={columns}
            rows={list.rows}
            rowId={({ row }) => String(row)}
            empty={null}
          />
          {file && wrong === 0 ? (
            <p>
              <ActionButton strength="primary" disabled={busy} onClick={() => void send(file, true)}>
                {t('desk.write')}
              </ActionButton>
            </p>
          ) : null}
        </>
      ) : null}
    </section>
  )
}
