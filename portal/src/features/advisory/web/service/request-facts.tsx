import { Link } from 'react-router'
import { formatDay, formatTime } from '#platform/core'
import { type Description, DescriptionList, useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { ServiceRequest } from '../../core/index.ts'
import style from '../maintenance.module.css'
import { PartList } from './part-list.tsx'
import { useSubject, VisitTime } from './service-words.tsx'

interface RequestFactsProps {
  request: ServiceRequest
  /** where the machine stands */
  machine: string
  /** for staff: whose request it is */
  more?: readonly Description[]
}

/** What was asked for, what is agreed, and what was done. */
export function RequestFacts({ request, machine, more = [] }: RequestFactsProps) {
  const t = useTexts('advisory')
  const language = useLanguage()
  const zone = useTimeZone()
  const subject = useSubject()
  const { device, wishedOn, visitAt, requestedBy, createdAt, description, result, parts } = request
  const items: Description[] = [
    { term: t('service.about'), value: subject(request) },
    { term: t('machine'), value: <Link to={machine}>{`${device.model} ${device.serial}`}</Link> },
    ...more,
    { term: t('service.wishedOn'), value: wishedOn ? formatDay(wishedOn, language) : t('service.any') },
    { term: t('service.visitAt'), value: <VisitTime at={visitAt} zone={zone} /> },
    { term: t('service.requestedBy'), value: requestedBy },
    { term: t('service.createdAt'), value: formatTime(createdAt, language, zone) },
  ]
  return (
    <>
      <section className={style.section}>
        <DescriptionList items={items.filter(({ value }) => value !== '')} />
        {description ? <p className={style.words}>{description}</p> : null}
      </section>
      {result || parts.length > 0 ? (
        <section className={style.section}>
          <h2>{t('service.result')}</h2>
          {result ? <p className={style.words}>{result}</p> : null}
          <PartList parts={parts} />
        </section>
      ) : null}
    </>
  )
}
