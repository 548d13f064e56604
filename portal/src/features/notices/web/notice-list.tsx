import { Link, useLocation, useRevalidator, useSearchParams } from 'react-router'
import { ProblemNotice } from '#features/accounts/web'
import { formatTime, type Page, pathIn } from '#platform/core'
import {
  ActionButton,
  api,
  EmptyState,
  Segments,
  StatusBadge,
  type Tone,
  useLanguage,
  useLive,
  usePages,
  useProblem,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { listMyNotices, type NoticeView, readMyNotices, type Urgency } from '../core/index.ts'
import { onlyUnread } from './load-notices.ts'
import style from './notices.module.css'

const tones: Record<Urgency, Tone> = { critical: 'bad', high: 'warn', medium: 'active', low: 'neutral' }

/** What somebody was told, the last first; each leads to what it is about. */
export function NoticeList({ first, accountId }: { first: Page<NoticeView>; accountId: string | null }) {
  const t = useTexts('notices')
  const [search] = useSearchParams()
  const { pathname } = useLocation()
  const { revalidate } = useRevalidator()
  const { problem, attempt } = useProblem()
  const filter = onlyUnread(search)
  const { rows, hasMore, loadingMore, moreProblem, onMore } = usePages(first, cursor =>
    api.call(listMyNotices, { query: { ...filter, cursor } }),
  )
  useLive(`person:${accountId}`, () => void revalidate())
  const read = async (ids?: string[]) => {
    await attempt(() => api.call(readMyNotices, { body: ids ? { ids } : {} }))
    await revalidate()
  }
  return (
    <div className={style.column}>
      <div className={style.head}>
        <Segments
          label={t('view')}
          items={[
            { key: 'all', to: pathname, title: t('all'), chosen: !filter.unread },
            { key: 'unread', to: `${pathname}?unread=true`, title: t('unread'), chosen: Boolean(filter.unread) },
          ]}
        />
        {rows.some(notice => !notice.read) ? (
          <ActionButton size="small" onClick={() => void read()}>
            {t('readAll')}
          </ActionButton>
        ) : null}
      </div>
      <ProblemNotice problem={problem} />
      {rows.length === 0 ? (
        <EmptyState title={t(filter.unread ? 'noneUnread' : 'none')}>
          {t(filter.unread ? 'noneUnreadHelp' : 'noneHelp')}
        </EmptyState>
      ) : null}
      <ul className={style.notices} aria-label={t('title')}>
        {rows.map(notice => (
          <OneNotice key={notice.id} notice={notice} onRead={() => void read([notice.id])} />
        ))}
      </ul>
      <ProblemNotice problem={moreProblem ?? null} />
      {hasMore ? (
        <div>
          <ActionButton disabled={loadingMore} onClick={onMore}>
            {t('more')}
          </ActionButton>
        </div>
      ) : null}
    </div>
  )
}

function OneNotice({ notice, onRead }: { notice: NoticeView; onRead(): void }) {
  const t = useTexts('notices')
  const language = useLanguage()
  const zone = useTimeZone()
  const { kind, urgency, where, text, happenedAt, read } = notice
  const title = t(`told.${kind}`, { title: notice.title[language] })
  return (
    <li className={style.notice} data-read={read}>
      <div className={style.facts}>
        <Link to={pathIn(language, notice.path)} className={style.title} onClick={read ? undefined : onRead}>
          {title}
        </Link>
        <p className={style.line}>
          {read ? null : <span className={style.unread}>{t('isUnread')}</span>}
          <StatusBadge tone={tones[urgency]}>{t(`urgency.${urgency}`)}</StatusBadge>
          <span>{where}</span>
          <time dateTime={happenedAt}>{formatTime(happenedAt, language, zone)}</time>
        </p>
        {text[language] ? <p className={style.text}>{text[language]}</p> : null}
      </div>
      {read ? null : (
        <ActionButton size="small" strength="quiet" aria-label={t('readOf', { title })} onClick={onRead}>
          {t('read')}
        </ActionButton>
      )}
    </li>
  )
}
