import { EmptyState, LocaleLink, useTexts } from '#platform/web'
import type { ShownMachine } from '../core/index.ts'

/** What a package would open, and where it is asked for. */
export function Closed({ machine: { id, side } }: { machine: ShownMachine }) {
  const t = useTexts('embed')
  return (
    <EmptyState
      title={t('closed')}
      action={side === 'own' ? <LocaleLink to={`/account/machines/${id}/packages`}>{t('packages')}</LocaleLink> : null}
    >
      {t('closedHelp')}
    </EmptyState>
  )
}
