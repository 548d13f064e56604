import { formatTime } from '#platform/core'
import { StatusBadge, useLanguage, useTexts } from '#platform/web'
import type { PageStanding } from '../../core/index.ts'

/** What becomes of a page, as shape and words. timeZone: IANA, of the manufacturer */
export function PageState({ page, timeZone }: { page: PageStanding; timeZone: string }) {
  const t = useTexts('content')
  const language = useLanguage()
  const at = (time: string) => ({ at: formatTime(time, language, timeZone) })
  return (
    <>
      {page.shownPath === null ? (
        <StatusBadge tone="neutral">{t('console.state.draft')}</StatusBadge>
      ) : (
        <StatusBadge tone={page.changed ? 'active' : 'good'}>
          {t(page.changed ? 'console.state.changed' : 'console.state.shown')}
        </StatusBadge>
      )}
      {page.publishAt ? <StatusBadge tone="waiting">{t('console.state.waits', at(page.publishAt))}</StatusBadge> : null}
      {page.unpublishAt ? <StatusBadge tone="waiting">{t('console.state.ends', at(page.unpublishAt))}</StatusBadge> : null}
    </>
  )
}
