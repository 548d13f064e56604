import { formatTime, type Language } from '#platform/core'
import {
  ActionButton,
  type Column,
  LocaleLink,
  StatusBadge,
  type Translate,
  useLanguage,
  useTexts,
  useTimeZone,
} from '#platform/web'
import type { DeadLetter, LetterKind } from '../core/index.ts'
import style from './dead-letters-page.module.css'

export const letterKey = ({ kind, source, id }: DeadLetter): string => `${kind}:${source}:${id}`

/** The name of a listener or queue; of mails, that they are. */
export const sourceTitle = ({ kind, source }: { kind: LetterKind; source: string }, t: Translate): string =>
  kind === 'mail' ? t('letters.mailSource') : source

interface Actions {
  busy: boolean
  onReplay(letter: DeadLetter): unknown
  onSetAside(letter: DeadLetter): void
  onTakeBack(letter: DeadLetter): unknown
}

export function useLetterColumns({ busy, onReplay, onSetAside, onTakeBack }: Actions): Column<DeadLetter>[] {
  const t = useTexts('operations')
  const language = useLanguage()
  const zone = useTimeZone()
  return [
    {
      id: 'kind',
      title: t('letters.kind'),
      cell: ({ kind, setAside }) => (
        <StatusBadge tone={setAside ? 'neutral' : 'waiting'}>{t(`letters.kinds.${kind}`)}</StatusBadge>
      ),
      narrow: true,
      optional: true,
    },
    { id: 'source', title: t('letters.source'), cell: letter => <What letter={letter} /> },
    {
      id: 'error',
      title: t('letters.error'),
      cell: letter => <Why letter={letter} language={language} zone={zone} />,
      optional: true,
    },
    { id: 'attempts', title: t('letters.attempts'), cell: ({ attempts }) => attempts ?? '–', numeric: true, optional: true },
    {
      id: 'at',
      title: t('letters.at'),
      cell: ({ at }) => <time dateTime={at}>{formatTime(at, language, zone)}</time>,
      narrow: true,
      optional: true,
    },
    {
      id: 'actions',
      title: '',
      narrow: true,
      cell: letter => (
        <span className={style.actions}>
          <ActionButton size="small" disabled={busy} onClick={() => void onReplay(letter)}>
            {t('letters.replay')}
          </ActionButton>
          {letter.setAside ? (
            <ActionButton size="small" strength="quiet" disabled={busy} onClick={() => void onTakeBack(letter)}>
              {t('letters.back')}
            </ActionButton>
          ) : (
            <ActionButton size="small" strength="quiet" disabled={busy} onClick={() => onSetAside(letter)}>
              {t('letters.aside')}
            </ActionButton>
          )}
        </span>
      ),
    },
  ]
}

/** What it was, and the way to the thing it speaks of where there is a page for that. */
function What({ letter }: { letter: DeadLetter }) {
  const t = useTexts('operations')
  const { kind, what, source, id, ids, error } = letter
  return (
    <span className={style.what}>
      <strong>{sourceTitle(letter, t)}</strong>
      {what !== source ? <span>{what}</span> : null}
      {kind === 'mail' ? <LocaleLink to={`/console/mail?mail=${id}`}>{t('letters.openMail')}</LocaleLink> : null}
      {ids.leadId ? <LocaleLink to={`/console/leads/${ids.leadId}`}>{t('letters.openLead')}</LocaleLink> : null}
      <span className={style.onPhone}>{error}</span>
      <details className={style.ids}>
        <summary>{t('letters.ids')}</summary>
        {Object.entries({ id, ...ids }).map(([name, value]) => (
          <span key={name}>
            {name} {value}
          </span>
        ))}
      </details>
    </span>
  )
}

function Why({ letter, language, zone }: { letter: DeadLetter; language: Language; zone: string }) {
  const t = useTexts('operations')
  const { error, setAside } = letter
  return (
    <span className={style.what}>
      <span className={style.error}>{error || '–'}</span>
      {setAside ? (
        <span className={style.ids}>
          {t('letters.setAsideBy', { name: setAside.by, time: formatTime(setAside.at, language, zone), reason: setAside.reason })}
        </span>
      ) : null}
    </span>
  )
}
