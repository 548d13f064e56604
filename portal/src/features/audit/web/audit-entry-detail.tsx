import { Link, useSearchParams } from 'react-router'
import { formatTime, pathIn } from '#platform/core'
import { ActionLink, type Description, DescriptionList, useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { AuditEntryView } from '../core/index.ts'
import style from './audit-page.module.css'
import { useActionName, useActorName } from './entry-words.ts'

/** Everything one entry says, with ways to others of the same person or thing. */
export function AuditEntryDetail({ entry }: { entry: AuditEntryView }) {
  const t = useTexts('audit')
  const language = useLanguage()
  const zone = useTimeZone()
  const [search] = useSearchParams()
  const [action, actor] = [useActionName(), useActorName()]
  const { actor: who, target, changes } = entry
  const narrowed = (name: string, value: string | null) => {
    const next = new URLSearchParams(search)
    next.delete('entry')
    if (value !== null) next.set(name, value)
    return pathIn(language, `/console/audit?${next}`)
  }
  const only = (name: string, value: string, words: string) => (
    <Link className={style.only} to={narrowed(name, value)}>
      {words}
    </Link>
  )
  const items: Description[] = [
    { term: t('position'), value: `#${entry.position}` },
    { term: t('at'), value: formatTime(entry.at, language, zone) },
    {
      term: t('actor'),
      value: (
        <>
          {actor(who)} {who.id ? only('actor', who.id, t('onlyActor')) : null}
        </>
      ),
    },
    ...(target
      ? [
          {
            term: t('target'),
            value: (
              <>
                <span className={style.id}>{`${target.kind} ${target.id}`}</span> {only('targetId', target.id, t('onlyTarget'))}
              </>
            ),
          },
        ]
      : []),
    { term: t('outcome'), value: t(entry.outcome) },
    ...(entry.requestId ? [{ term: t('request'), value: <span className={style.id}>{entry.requestId}</span> }] : []),
    ...(['before', 'after', 'facts'] as const).flatMap(part =>
      changes[part] ? [{ term: t(part), value: <Values values={changes[part]} /> }] : [],
    ),
    ...entry.personal.map(({ subjectId, name, values }) => ({
      key: subjectId,
      term: t('personal', { name: name ?? t('unknown') }),
      value: values ? <Values values={values} /> : t('erased'),
    })),
  ]
  return (
    <>
      <h2>{action(entry.action)}</h2>
      <DescriptionList items={items} />
      <ActionLink size="small" to={narrowed('entry', null)}>
        {t('close')}
      </ActionLink>
    </>
  )
}

const Values = ({ values }: { values: Record<string, unknown> }) => (
  <ul className={style.values}>
    {Object.entries(values).map(([name, value]) => (
      <li key={name}>
        <span className={style.name}>{name}</span> {typeof value === 'string' ? value : JSON.stringify(value)}
      </li>
    ))}
  </ul>
)
