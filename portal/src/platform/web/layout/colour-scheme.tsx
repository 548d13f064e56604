import { useTexts } from '../i18n/index.ts'

/**
 * In the head, before any style: sets the reader's choice on the root element, so that nothing flashes, and keeps the fields that change
 * it. All of it is here because pages that are only read carry no other script. Without a choice the system decides.
 */
const script = `(() => {
  const key = 'fettle-scheme', root = document.documentElement.dataset, field = 'select[data-scheme-choice]'
  const set = choice => { if (choice === 'dark' || choice === 'light') root.scheme = choice; else delete root.scheme }
  const show = () => document.querySelectorAll(field).forEach(select => { select.value = root.scheme || 'auto' })
  try { set(localStorage.getItem(key)) } catch {}
  addEventListener('DOMContentLoaded', show)
  addEventListener('focusin', show)
  addEventListener('change', event => {
    if (!event.target.matches(field)) return
    set(event.target.value)
    try { localStorage.setItem(key, event.target.value) } catch {}
  })
})()`

export function ColourSchemeScript({ nonce }: { nonce?: string | undefined }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant text; React writes scripts no other way
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: script }} />
}

/** As the system, light or dark; kept in this browser by the script above. */
export function ColourSchemeChoice({
  className,
  selectClassName,
}: {
  className?: string | undefined
  selectClassName?: string | undefined
}) {
  const t = useTexts('platform')
  return (
    <label className={className}>
      {t('layout.scheme')}
      <select className={selectClassName} data-scheme-choice="">
        <option value="auto">{t('layout.schemeAuto')}</option>
        <option value="light">{t('layout.schemeLight')}</option>
        <option value="dark">{t('layout.schemeDark')}</option>
      </select>
    </label>
  )
}
