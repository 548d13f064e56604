import { useState } from 'react'
import { useRevalidator } from 'react-router'
import { ProblemNotice, useConfirmed } from '#features/accounts/web'
import { formatTime } from '#platform/core'
import {
  ActionButton,
  api,
  BottomSheet,
  EmptyState,
  Notice,
  PageHeader,
  StatusBadge,
  useLanguage,
  useProblem,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { changeRobot, type RobotSubject, type RobotView, removeRobot, tryRobot } from '../core/index.ts'
import { ChangeForm } from './change-form.tsx'
import { RobotForm } from './robot-form.tsx'
import style from './robots.module.css'

interface RobotDeskProps {
  items: readonly RobotView[]
  demo: boolean
  /** what they can be told of */
  subjects: readonly RobotSubject[]
  lead: string
}

/** Group chats with what came of their last message, and what can be done with each. */
export function RobotDesk({ items, demo, subjects, lead }: RobotDeskProps) {
  const t = useTexts('robots')
  const { revalidate } = useRevalidator()
  const { problem, attempt } = useProblem()
  const { confirmed, dialog } = useConfirmed()
  const [adding, setAdding] = useState(false)
  const [changing, setChanging] = useState<RobotView | null>(null)
  const [done, setDone] = useState('')
  const [busy, setBusy] = useState<string | null>(null)

  /** said: what is told once it is done; undefined: what the page shows says it */
  const act = async (robot: RobotView, work: () => Promise<unknown>, said = '') => {
    setBusy(robot.id)
    setDone('')
    const result = await attempt(work).finally(() => setBusy(null))
    await revalidate()
    if (result) setDone(said)
  }
  const acts = (robot: RobotView) => [
    { word: 'trial', work: () => act(robot, () => api.call(tryRobot, { params: { robotId: robot.id } })) },
    { word: 'change', work: () => setChanging(robot) },
    {
      word: robot.active ? 'silence' : 'wake',
      work: () =>
        act(robot, () =>
          api.call(changeRobot, {
            params: { robotId: robot.id },
            body: { active: !robot.active },
            ifMatch: String(robot.revision),
          }),
        ),
    },
    {
      word: 'remove',
      work: () =>
        act(
          robot,
          () => confirmed(token => api.call(removeRobot, { params: { robotId: robot.id }, ...token }).then(() => true)),
          t('removed'),
        ),
    },
  ]
  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          <ActionButton strength="primary" onClick={() => setAdding(true)}>
            {t('add')}
          </ActionButton>
        }
      >
        {lead}
      </PageHeader>
      <div className={style.notices}>
        {demo ? <Notice tone="info" title={t('demo')} /> : null}
        {done ? <Notice tone="good" live title={done} /> : null}
        <ProblemNotice problem={problem} />
      </div>
      {items.length === 0 ? <EmptyState title={t('none')}>{t('noneHelp')}</EmptyState> : null}
      <ul className={style.robots}>
        {items.map(robot => (
          <li key={robot.id}>
            <RobotFacts robot={robot} />
            <span className={style.actions}>
              {acts(robot).map(({ word, work }) => (
                <ActionButton
                  key={word}
                  size="small"
                  disabled={busy !== null}
                  aria-label={t(`${word}Of`, { name: robot.name })}
                  onClick={() => void work()}
                >
                  {t(word)}
                </ActionButton>
              ))}
            </span>
          </li>
        ))}
      </ul>
      <BottomSheet open={adding} title={t('add')} onClose={() => setAdding(false)}>
        {adding ? (
          <RobotForm
            subjects={subjects}
            onAdded={() => {
              setAdding(false)
              setDone(t('added'))
              void revalidate()
            }}
          />
        ) : null}
      </BottomSheet>
      <BottomSheet open={changing !== null} title={changing?.name ?? ''} onClose={() => setChanging(null)}>
        {changing ? (
          <ChangeForm
            robot={changing}
            subjects={subjects}
            onChanged={() => {
              setChanging(null)
              setDone(t('changed'))
              void revalidate()
            }}
          />
        ) : null}
      </BottomSheet>
      {dialog}
    </>
  )
}

function RobotFacts({ robot }: { robot: RobotView }) {
  const t = useTexts('robots')
  return (
    <div className={style.facts}>
      <h2>{robot.name}</h2>
      <p className={style.state}>
        <span>{t(`kindName.${robot.kind}`)}</span>
        <StatusBadge tone={robot.active ? 'good' : 'neutral'}>{t(robot.active ? 'on' : 'off')}</StatusBadge>
        {robot.signed ? <span>{t('signed')}</span> : null}
      </p>
      <p className={style.state}>{useSubjects(robot)}</p>
      <Last robot={robot} />
    </div>
  )
}

/** What is written into the chat, as a phrase. */
function useSubjects({ tells, alarmsFrom }: RobotView): string {
  const t = useTexts('robots')
  const severity = useTexts('alarms')(`severity.${alarmsFrom}`)
  if (tells.length === 0) return t('tellsNothing')
  return tells.map(subject => (subject === 'alarm' ? t('tellsAlarms', { severity }) : t('subject.lead'))).join(' · ')
}

/** What came of the last message. */
function Last({ robot: { toldAt, failure, caught } }: { robot: RobotView }) {
  const t = useTexts('robots')
  const language = useLanguage()
  const zone = useTimeZone()
  const at = (time: string) => formatTime(time, language, zone)
  if (failure)
    return (
      <>
        <p>
          <StatusBadge tone="bad">{t('failed', { time: at(failure.at) })}</StatusBadge>
        </p>
        <p className={style.said}>{failure.said}</p>
      </>
    )
  if (toldAt === null) return <p className={style.said}>{t('never')}</p>
  if (caught === null) return <p className={style.said}>{t('told', { time: at(toldAt) })}</p>
  return (
    <>
      <p>{t('caught', { time: at(toldAt) })}</p>
      <p className={style.said}>{caught}</p>
    </>
  )
}
