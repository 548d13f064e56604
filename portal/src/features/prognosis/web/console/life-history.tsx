import { type FormEvent, useState } from 'react'
import { useRevalidator } from 'react-router'
import { ProblemNotice } from '#features/accounts/web'
import { formatDay } from '#platform/core'
import {
  ActionButton,
  api,
  type Column,
  DataTable,
  EmptyState,
  LocaleLink,
  SelectField,
  TextField,
  useLanguage,
  useProblem,
  useTexts,
} from '#platform/web'
import { addLife, type ComponentLife, type PartDetail, removeLife } from '../../core/index.ts'
import style from './models.module.css'

const nothing = { serial: '', beganOn: '', endedOn: '', ending: 'failed' as ComponentLife['ending'] }

/** Ends of a component that are known, and a line to add one. */
export function LifeHistory({ part }: { part: PartDetail }) {
  const t = useTexts('prognosis')
  const language = useLanguage()
  const { revalidate } = useRevalidator()
  const { problem, fields, attempt } = useProblem()
  const [draft, setDraft] = useState(nothing)
  const params = { typeId: part.typeId, component: part.component.key }
  const add = async (event: FormEvent) => {
    event.preventDefault()
    if (!(await attempt(() => api.call(addLife, { params, body: draft })))) return
    setDraft({ ...nothing, ending: draft.ending })
    await revalidate()
  }
  const remove = async (lifeId: string) => {
    await attempt(() => api.call(removeLife, { params: { lifeId } }))
    await revalidate()
  }
  const day = (at: string) => formatDay(at.slice(0, 10), language)
  const columns: Column<ComponentLife>[] = [
    {
      ...{ id: 'machine', title: t('desk.machine') },
      cell: ({ deviceId, machine }) => <LocaleLink to={`/console/devices/${deviceId}`}>{machine}</LocaleLink>,
    },
    { id: 'began', title: t('desk.began'), cell: ({ beganAt }) => day(beganAt), narrow: true, optional: true },
    { id: 'ended', title: t('desk.ended'), cell: ({ endedAt }) => day(endedAt), narrow: true },
    { id: 'ending', title: t('desk.ending'), cell: ({ ending }) => t(`desk.endings.${ending}`) },
    { id: 'source', title: t('desk.source'), cell: ({ source }) => t(`desk.sources.${source}`), optional: true },
    {
      ...{ id: 'remove', title: '' },
      cell: ({ id, machine, endedAt }) => (
        <ActionButton
          size="small"
          strength="quiet"
          aria-label={t('desk.removeOf', { machine, date: day(endedAt) })}
          onClick={() => void remove(id)}
        >
          {t('desk.remove')}
        </ActionButton>
      ),
    },
  ]
  const field = (key: 'serial' | 'beganOn' | 'endedOn', label: string, type: 'text' | 'date') => (
    <TextField
      required
      label={label}
      type={type}
      value={draft[key]}
      error={fields[key]}
      onChange={event => setDraft({ ...draft, [key]: event.target.value })}
    />
  )
  return (
    <section className={style.section}>
      <h2>{t('desk.lives')}</h2>
      <ProblemNotice problem={problem?.errors?.length ? null : problem} />
      <form className={style.form} onSubmit={event => void add(event)}>
        {field('serial', t('desk.serial'), 'text')}
        {field('beganOn', t('desk.began'), 'date')}
        {field('endedOn', t('desk.ended'), 'date')}
        <SelectField
          label={t('desk.ending')}
          value={draft.ending}
          onChange={event => setDraft({ ...draft, ending: event.target.value as ComponentLife['ending'] })}
          options={(['failed', 'censored'] as const).map(value => ({ value, label: t(`desk.endings.${value}`) }))}
        />
        <ActionButton type="submit">{t('desk.add')}</ActionButton>
      </form>
      <DataTable
        label={t('desk.lives')}
        columns={columns}
        rows={part.lives}
        rowId={({ id }) => id}
        empty={<EmptyState title={t('desk.livesNone')} />}
      />
    </section>
  )
}
