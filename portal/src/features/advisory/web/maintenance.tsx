import { type ReactNode, useState } from 'react'
import { formatDate, formatDay } from '#platform/core'
import { ActionButton, EmptyState, Notice, useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { DeviceMaintenance, DoneFields, DueTask, MaintenanceRecord, Visit } from '../core/index.ts'
import { AdviceList } from './advice-list.tsx'
import { DoneForm } from './done-form.tsx'
import { DueBadge, useCounted, useDueWords, useRhythm } from './due-words.tsx'
import style from './maintenance.module.css'
import { PartList } from './service/part-list.tsx'
import { useSubject } from './service/service-words.tsx'

interface MaintenanceProps {
  first: DeviceMaintenance
  /** absent: the reader may not write down what was done */
  record?: (done: DoneFields) => Promise<DeviceMaintenance>
  /** of a customer: how he asks that the manufacturer does a task or what is advised */
  request?: (subject: 'maintenance' | 'advice', about: string, name: string) => ReactNode
  /** of a customer: where the machine's packages are */
  packagesPath?: string
  /** above the history */
  children?: ReactNode
}

/** What is due on one machine, and what was done: the same for its owner and for staff. */
export function Maintenance({ first, record, request, packagesPath, children }: MaintenanceProps) {
  const t = useTexts('advisory')
  const language = useLanguage()
  const [{ tasks, advice, records, visits, withheld, components, today }, setShown] = useState(first)
  const [recorded, setRecorded] = useState<string | null>(null)
  return (
    <div className={style.page}>
      <AdviceList {...{ advice, request, packagesPath }} />
      <section className={style.section}>
        <h2>{t('plan')}</h2>
        {withheld ? <Notice title={t('withheld')}>{t('withheldHelp')}</Notice> : null}
        {tasks.length === 0 && !withheld ? <EmptyState title={t('noPlan')}>{t('noPlanHelp')}</EmptyState> : null}
        <ul className={style.tasks} aria-label={t('plan')}>
          {tasks.map(task => (
            <Task
              key={task.key}
              task={task}
              components={components}
              today={today}
              recorded={recorded === task.key}
              request={request && isPressing(task) ? request('maintenance', task.key, task.name[language]) : null}
              record={
                record &&
                (async done => {
                  setShown(await record(done))
                  setRecorded(done.task)
                })
              }
            />
          ))}
        </ul>
      </section>
      {children}
      <section className={style.section}>
        <h2>{t('service.visits')}</h2>
        {visits.length === 0 ? <p className={style.muted}>{t('service.noVisits')}</p> : null}
        <ul className={style.tasks} aria-label={t('service.visits')}>
          {visits.map(one => (
            <Visited key={one.number} visit={one} />
          ))}
        </ul>
      </section>
      <section className={style.section}>
        <h2>{t('history')}</h2>
        {records.length === 0 ? <p className={style.muted}>{t('noHistory')}</p> : null}
        <ul className={style.tasks} aria-label={t('history')}>
          {records.map(one => (
            <Done key={one.id} record={one} />
          ))}
        </ul>
      </section>
    </div>
  )
}

interface TaskProps {
  task: DueTask
  components: DeviceMaintenance['components']
  today: string
  recorded: boolean
  request: ReactNode
  record: ((done: DoneFields) => Promise<void>) | undefined
}

function Task({ task, components, today, recorded, request, record }: TaskProps) {
  const t = useTexts('advisory')
  const language = useLanguage()
  const counted = useCounted()
  const [opened, setOpened] = useState(false)
  const { last, counter, due } = task
  const lastWords = last && [
    formatDay(last.on, language),
    last.counter !== null && counter ? counted(last.counter, counter.metric.unit) : null,
  ]
  return (
    <li className={style.task}>
      <div className={style.what}>
        <div className={style.head}>
          <h3>{task.name[language]}</h3>
          <DueBadge state={due.state} />
        </div>
        <dl className={style.facts}>
          <Fact term={t('whenDue')} value={useDueWords()(task) ?? t('unknownHelp')} />
          <Fact term={t('every')} value={useRhythm()(task)} />
          <Fact term={t('last')} value={lastWords ? lastWords.filter(Boolean).join(' · ') : t('never')} />
        </dl>
        <HowTo task={task} />
        <span role="status">{recorded && !opened ? t('recorded') : ''}</span>
      </div>
      {record && !opened ? (
        <div className={style.buttons}>
          {request}
          <ActionButton size="small" aria-label={t('recordOf', { task: task.name[language] })} onClick={() => setOpened(true)}>
            {t('record')}
          </ActionButton>
        </div>
      ) : null}
      {record && opened ? (
        <DoneForm
          task={task}
          components={components}
          today={today}
          onClose={() => setOpened(false)}
          send={async done => {
            await record(done)
            setOpened(false)
          }}
        />
      ) : null}
    </li>
  )
}

const isPressing = ({ due: { state } }: DueTask): boolean => state !== 'later' && state !== 'unknown'

const Fact = ({ term, value }: { term: string; value: string }) => (
  <div>
    <dt>{term}</dt>
    <dd>{value}</dd>
  </div>
)

function HowTo({ task: { instructions, parts, effort } }: { task: DueTask }) {
  const t = useTexts('advisory')
  const language = useLanguage()
  if (!instructions[language] && parts.length === 0 && effort === null) return null
  return (
    <details className={style.more}>
      <summary>{t('instructions')}</summary>
      {instructions[language] ? <p className={style.words}>{instructions[language]}</p> : null}
      {effort === null ? null : <p className={style.muted}>{t('effort', { minutes: effort })}</p>}
      {parts.length > 0 ? (
        <>
          <p className={style.muted}>{t('parts')}</p>
          <PartList parts={parts} />
        </>
      ) : null}
    </details>
  )
}

function Done({ record: { task, on, counter, unit, performedBy, note, by } }: { record: MaintenanceRecord }) {
  const t = useTexts('advisory')
  const language = useLanguage()
  const counted = useCounted()
  const facts = [performedBy, counter === null ? null : counted(counter, unit), t(`byWhom.${by}`)]
  return (
    <li className={style.task}>
      <div className={style.what}>
        <h3>{task[language]}</h3>
        <p className={style.muted}>{facts.filter(Boolean).join(' · ')}</p>
        {note ? <p className={style.words}>{note}</p> : null}
      </div>
      <time dateTime={on}>{formatDay(on, language)}</time>
    </li>
  )
}

function Visited({ visit: { number, subject: kind, about, at, result, parts } }: { visit: Visit }) {
  const language = useLanguage()
  const zone = useTimeZone()
  const subject = useSubject()
  return (
    <li className={style.task}>
      <div className={style.what}>
        <h3>{`#${number} · ${subject({ subject: kind, about })}`}</h3>
        {result ? <p className={style.words}>{result}</p> : null}
        <PartList parts={parts} />
      </div>
      <time dateTime={at} suppressHydrationWarning>
        {formatDate(at, language, zone)}
      </time>
    </li>
  )
}
