import { formatTime } from '#platform/core'
import { type Description, DescriptionList, Measure, Timeline, useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { AlarmDetail } from '../core/index.ts'
import { AlarmActions } from './alarm-actions.tsx'
import { SeverityBadge, StateBadge } from './alarm-words.tsx'
import style from './alarms.module.css'

/** One alarm: what, since when, why, what helps, what was done; and what can be done. colleagues: to whom staff may assign it; absent: customers */
export function AlarmView({
  alarm,
  componentName,
  colleagues,
}: {
  alarm: AlarmDetail
  componentName?: string | undefined
  colleagues?: readonly { id: string; name: string }[] | undefined
}) {
  const t = useTexts('alarms')
  const language = useLanguage()
  return (
    <div className={style.page}>
      <div className={style.column}>
        <section className={style.section}>
          <h2>{alarm.name[language]}</h2>
          <p className={style.actions}>
            <SeverityBadge severity={alarm.severity} />
            <StateBadge state={alarm.state} />
          </p>
          {alarm.message[language] ? <p className={style.message}>{alarm.message[language]}</p> : null}
          <DescriptionList items={useFacts(alarm, componentName)} />
        </section>
        {alarm.readings.length > 0 ? (
          <section className={style.section}>
            <h2>{t('readings')}</h2>
            <DescriptionList
              numeric
              items={alarm.readings.map(({ metric, name, unit, value }) => ({
                key: metric,
                term: name[language],
                value: <Measure value={value} unit={unit} />,
              }))}
            />
          </section>
        ) : null}
        <Course alarm={alarm} />
      </div>
      <div className={style.column}>{alarm.handles ? <AlarmActions alarm={alarm} colleagues={colleagues} /> : null}</div>
    </div>
  )
}

function useFacts(alarm: AlarmDetail, componentName: string | undefined): Description[] {
  const t = useTexts('alarms')
  const language = useLanguage()
  const zone = useTimeZone()
  const at = (moment: string) => <time dateTime={moment}>{formatTime(moment, language, zone)}</time>
  const { faultCode, component, verdict, shelvedUntil, assignee } = alarm
  const rows: [string, Description['value'] | null][] = [
    [t('raisedAt'), at(alarm.raisedAt)],
    [t('startedAt'), alarm.raises > 1 ? at(alarm.startedAt) : null],
    [t('raises'), alarm.raises > 1 ? alarm.raises : null],
    [t('clearedAt'), alarm.clearedAt ? at(alarm.clearedAt) : t('stillHolds')],
    [t('component'), component ? (componentName ?? component) : null],
    [t('faultCode'), faultCode],
    [t('cause'), alarm.cause[language] || null],
    [t('remedy'), alarm.remedy[language] || null],
    [t('found'), alarm.source === 'rule' ? t('byRule') : t('byDiagnosis')],
    [t('assignee'), assignee?.name ?? null],
    [t('verdictTitle'), verdict ? t(`verdict.${verdict}`) : null],
    [t('state.shelved'), shelvedUntil ? t('shelvedUntil', { at: formatTime(shelvedUntil, language, zone) }) : null],
  ]
  return rows.flatMap(([term, value]) => (value === null ? [] : [{ term, value }]))
}

function Course({ alarm }: { alarm: AlarmDetail }) {
  const t = useTexts('alarms')
  const zone = useTimeZone()
  return (
    <section className={style.section}>
      <h2>{t('course')}</h2>
      <Timeline
        zone={zone}
        entries={alarm.entries.map(({ id, kind, at, by, side, note }) => ({
          ...{ id, at, strong: note !== null, title: `${t(`entry.${kind}`)} · ${by ?? t(`side.${side}`)}` },
          body: note ? <p className={style.message}>{note}</p> : undefined,
        }))}
      />
    </section>
  )
}
