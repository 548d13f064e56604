import { ActionButton, EmptyState, SkeletonLines, useTexts } from '#platform/web'
import type { Read } from './use-read.ts'

interface Props {
  status: Exclude<Read<unknown>['status'], 'shown'>
  again(): Promise<unknown>
}

/** Why there is nothing to see, and what can be done. */
export function Unshown({ status, again }: Props) {
  const t = useTexts('embed')
  const retry = (
    <ActionButton size="small" onClick={() => void again().catch(() => {})}>
      {t('again')}
    </ActionButton>
  )
  switch (status) {
    case 'loading':
      return <SkeletonLines lines={4} label={t('loading')} />
    case 'gone':
      return <EmptyState title={t('gone')}>{t('goneHelp')}</EmptyState>
    case 'refused':
      return (
        <EmptyState title={t('refused')} action={retry}>
          {t('refusedHelp')}
        </EmptyState>
      )
    case 'failed':
      return (
        <EmptyState title={t('failed')} action={retry}>
          {t('failedHelp')}
        </EmptyState>
      )
    default:
      return status satisfies never
  }
}
