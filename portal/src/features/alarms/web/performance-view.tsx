import { Link, useLocation, useSearchParams } from 'react-router'
import { formatDay, formatNumber, formatTime, pathIn } from '#platform/core'
import {
  type Column,
  DataTable,
  EmptyState,
  Notice,
  Segments,
  StatusBadge,
  searchWith,
  useLanguage,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { type AlarmPerformance, performanceDays } from '../core/index.ts'
import { SeverityBadge } from './alarm-words.tsx'
import style from './performance.module.css'

interface PerformanceProps {
  performance: AlarmPerformance
  /** path below which machines are, without language */
  machinesBelow: string
  /** where a rule is edited, without language */
  ruleAt(ruleId: string, deviceId: string): string
}

type Chattering = AlarmPerformance['chattering'][number]
type Stale = AlarmPerformance['stale'][number]
type Top = AlarmPerformance['top'][number]

/** How alarms do: how many, which most often, which chatter, which never end; each leads to what quiets it. */
export function PerformanceView({ performance, machinesBelow, ruleAt }: PerformanceProps) {
  const t = useTexts('alarms')
  const language = useLanguage()
  const { pathname } = useLocation()
  const [search] = useSearchParams()
  const { days, raises, machines, perMachineDay, top, chattering, stale, more } = performance
  const number = (value: number) => formatNumber(value, language)
  const figures = [
    ['raisesTotal', number(raises)],
    ['machinesCounted', number(machines)],
    ['perMachineDay', number(perMachineDay)],
  ] as const
  const columns = useColumns(ruleAt)
  const alarmAt = ({ device, alarmId }: Chattering | Stale) => pathIn(language, `${machinesBelow}/${device.id}/alarms/${alarmId}`)
  return (
    <div className={style.page}>
      <Segments
        label={t('performance.time')}
        items={performanceDays.map(count => ({
          key: count,
          to: `${pathname}${searchWith(search, { days: count })}`,
          title: t('performance.days', { count: Number(count) }),
          chosen: Number(count) === days,
        }))}
      />
      {more ? <Notice tone="info" title={t('performance.more')} /> : null}
      <dl className={style.figures}>
        {figures.map(([key, value]) => (
          <div key={key}>
            <dt>{t(`performance.${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {raises === 0 && stale.length === 0 ? (
        <EmptyState title={t('performance.noneRaised')}>{t('performance.noneRaisedHelp')}</EmptyState>
      ) : (
        <>
          <Days byDay={performance.byDay} />
          <Part
            name="chattering"
            help={t('performance.chatteringHelp')}
            none={t('performance.noneChatters')}
            columns={columns.chattering}
            rows={chattering}
            rowId={({ alarmId }) => alarmId}
            rowHref={alarmAt}
          />
          <Part name="top" none={t('performance.noneRaised')} columns={columns.top} rows={top} rowId={({ key }) => key} />
          <Part
            name="stale"
            help={t('performance.staleHelp')}
            none={t('performance.noneStale')}
            columns={columns.stale}
            rows={stale}
            rowId={({ alarmId }) => alarmId}
            rowHref={alarmAt}
          />
        </>
      )}
    </div>
  )
}

interface PartProps<Row> extends Pick<Parameters<typeof DataTable<Row>>[0], 'columns' | 'rows' | 'rowId' | 'rowHref'> {
  /** its title is that text of `performance` */
  name: string
  help?: string
  none: string
}

/** A list below its heading, or that there is nothing of it. */
function Part<Row>({ name, help, none, ...table }: PartProps<Row>) {
  const t = useTexts('alarms')
  const title = t(`performance.${name}`)
  return (
    <section className={style.section}>
      <h2>{title}</h2>
      {help ? <p className={style.help}>{help}</p> : null}
      <DataTable label={title} empty={<p>{none}</p>} {...table} />
    </section>
  )
}

const [width, height, gap] = [10, 100, 2]

/** A bar for each day, with its number for whoever cannot see it. */
function Days({ byDay }: Pick<AlarmPerformance, 'byDay'>) {
  const t = useTexts('alarms')
  const language = useLanguage()
  const most = Math.max(1, ...byDay.map(({ raises }) => raises))
  const words = (one: AlarmPerformance['byDay'][number]) =>
    `${formatDay(one.day, language)}: ${formatNumber(one.raises, language)}`
  const ends = [byDay[0], byDay.at(-1)].filter(one => one !== undefined)
  return (
    <section className={style.section}>
      <h2>{t('performance.byDay')}</h2>
      <svg
        className={style.days}
        role="img"
        aria-label={`${t('performance.byDay')}: ${byDay
          .filter(({ raises }) => raises > 0)
          .map(words)
          .join(', ')}`}
        viewBox={`0 0 ${width * byDay.length} ${height}`}
        preserveAspectRatio="none"
      >
        {byDay.map((one, place) => {
          const tall = (height * one.raises) / most
          return (
            <rect key={one.day} x={place * width} y={height - tall} width={width - gap} height={tall}>
              <title>{words(one)}</title>
            </rect>
          )
        })}
      </svg>
      <p className={style.ends} aria-hidden>
        {ends.map(({ day }) => (
          <span key={day}>{formatDay(day, language)}</span>
        ))}
      </p>
    </section>
  )
}

function useColumns(ruleAt: PerformanceProps['ruleAt']) {
  const t = useTexts('alarms')
  const language = useLanguage()
  const zone = useTimeZone()
  const at = (moment: string) => <time dateTime={moment}>{formatTime(moment, language, zone)}</time>
  const name = { id: 'name', title: t('name'), cell: (row: Top | Chattering | Stale) => row.name[language] }
  const machine = {
    ...{ id: 'machine', title: t('machine') },
    cell: ({ device }: Chattering | Stale) => `${device.model} ${device.serial}`,
  }
  const severity = {
    ...{ id: 'severity', title: t('severityTitle'), narrow: true, optional: true },
    cell: (row: Top | Chattering | Stale) => <SeverityBadge severity={row.severity} />,
  }
  const count = { id: 'raises', title: t('raises'), cell: (row: Top | Chattering) => row.raises, numeric: true }
  const chattering: Column<Chattering>[] = [
    ...[name, machine, severity, count],
    { id: 'most', title: t('performance.most'), cell: ({ most }) => most, numeric: true },
    { id: 'lastAt', title: t('performance.lastAt'), cell: ({ lastAt }) => at(lastAt), narrow: true, optional: true },
    {
      id: 'proposal',
      title: t('performance.proposalTitle'),
      cell: ({ proposal, ruleId, device }) =>
        ruleId === null ? (
          t(`performance.proposal.${proposal}`)
        ) : (
          <Link to={pathIn(language, ruleAt(ruleId, device.id))}>{t(`performance.proposal.${proposal}`)}</Link>
        ),
    },
  ]
  const top: Column<Top>[] = [
    ...[name, severity, count],
    { id: 'percent', title: t('performance.share'), cell: ({ percent }) => `${percent}%`, numeric: true },
    { id: 'machines', title: t('performance.machinesOf'), cell: ({ machines }) => machines, numeric: true, optional: true },
    {
      id: 'chatters',
      title: t('performance.chattering'),
      cell: ({ chatters }) => (chatters ? <StatusBadge tone="warn">{t('chatters')}</StatusBadge> : ''),
      narrow: true,
    },
  ]
  const stale: Column<Stale>[] = [
    ...[name, machine, severity],
    { id: 'since', title: t('performance.since'), cell: ({ since }) => at(since), narrow: true },
  ]
  return { chattering, top, stale }
}
