import { useState } from 'react'
import { ActionButton, type ProblemState, useTexts } from '#platform/web'
import style from './summary-bar.module.css'

interface CopyLinkProps {
  linkNow(): Promise<string>
  attempt: ProblemState['attempt']
  className?: string | undefined
}

/** Copies the link to this configuration; where the browser does not let a page copy, it shows the link to copy by hand. */
export function CopyLink({ linkNow, attempt, className }: CopyLinkProps) {
  const t = useTexts('configurator')
  const [done, setDone] = useState<'copied' | { link: string } | null>(null)
  const copy = async () => {
    const link = await attempt(linkNow)
    if (!link) return
    setDone((await copyText(link)) ? 'copied' : { link })
    setTimeout(() => setDone(now => (now === 'copied' ? null : now)), 3000)
  }
  if (done !== null && done !== 'copied') {
    return (
      <input
        className={style.link}
        readOnly
        value={done.link}
        aria-label={t('page.copyByHand')}
        ref={field => field?.select()}
        onBlur={() => setDone(null)}
      />
    )
  }
  return (
    <ActionButton onClick={copy} className={className}>
      <span aria-live="polite">{done ? t('page.copied') : t('page.copyLink')}</span>
    </ActionButton>
  )
}

/** False where neither way works. Browsers give the clipboard to secure pages only; the older way works on any. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const field = document.createElement('textarea')
    field.value = text
    field.style.cssText = 'position:fixed;opacity:0'
    // Beside the button, since a modal dialog keeps the focus inside.
    const focused = document.activeElement as HTMLElement | null
    ;(focused?.parentElement ?? document.body).append(field)
    field.select()
    const copied = document.execCommand('copy')
    field.remove()
    focused?.focus()
    return copied
  }
}
