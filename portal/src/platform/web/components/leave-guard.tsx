import { useEffect } from 'react'
import { useBlocker } from 'react-router'
import { useTexts } from '../i18n/index.ts'
import { ConfirmDialog } from './dialog.tsx'

/** Asks before what was typed is lost, in this portal and by closing the window. For forms of the console. */
export function LeaveGuard({ changed }: { changed: boolean }) {
  const t = useTexts('platform')
  const blocker = useBlocker(({ currentLocation, nextLocation }) => changed && currentLocation.pathname !== nextLocation.pathname)
  useEffect(() => {
    if (!changed) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [changed])
  return (
    <ConfirmDialog
      open={blocker.state === 'blocked'}
      title={t('console.leaveTitle')}
      action={t('console.leave')}
      danger
      onConfirm={() => blocker.proceed?.()}
      onClose={() => blocker.reset?.()}
    >
      {t('console.leaveHelp')}
    </ConfirmDialog>
  )
}
