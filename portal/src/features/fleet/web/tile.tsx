import { formatNumber, formatTime } from '#platform/core'
import { LocaleLink, useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { FleetMember } from '../core/index.ts'
import style from './fleet.module.css'
import { StateSign } from './state-sign.tsx'

interface Props {
  member: FleetMember
  side: 'own' | 'console'
  heading: 'h2' | 'h3'
  /** of its last reading, where one came since; ISO 8601 */
  lastAt: string | undefined
}

/** One machine on the wall; the whole tile leads to it. */
export function Tile({ member, side, heading: Heading, lastAt }: Props) {
  const t = useTexts('fleet')
  const language = useLanguage()
  const zone = useTimeZone()
  const { model, serial, state, contact, health, alarms, company, site } = member
  const last = lastAt ?? member.lastAt
  const place = [company?.name, site].filter(Boolean).join(' · ')
  return (
    <li className={style.tile} data-state={state ?? 'unknown'}>
      <Heading>
        <LocaleLink to={addressOf(member, side)}>
          {model} <span className={style.serial}>{serial}</span>
        </LocaleLink>
      </Heading>
      <StateSign state={state ?? 'unknown'} />
      <p className={style.muted}>
        {t(`contact.${contact}`)}
        {last ? ` · ${formatTime(last, language, zone)}` : ''}
      </p>
      {alarms.count > 0 ? <p>{t('alarms.count', { count: alarms.count })}</p> : null}
      {health?.index != null ? <p>{t('health.index', { index: formatNumber(health.index, language, 0) })}</p> : null}
      {place ? <p className={style.muted}>{place}</p> : null}
    </li>
  )
}

export const addressOf = ({ id }: Pick<FleetMember, 'id'>, side: 'own' | 'console'): string =>
  side === 'own' ? `/account/machines/${id}` : `/console/devices/${id}/overview`
