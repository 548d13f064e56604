import { useEffect, useState } from 'react'
import { useTexts } from '../i18n/index.ts'

type Choice = 'auto' | 'light' | 'dark'
const key = 'fettle-scheme'

/** In the head, before any style: sets the reader's choice on the root element, so that nothing flashes. Without a choice the system decides. */
export function ColourSchemeScript({ nonce }: { nonce?: string | undefined }) {
  const text = `try{var s=localStorage.getItem('${key}');if(s==='dark'||s==='light')document.documentElement.dataset.scheme=s}catch(e){}`
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant text; React writes scripts no other way
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: text }} />
}

/** As the system, light or dark; kept in this browser. */
export function ColourSchemeChoice({
  className,
  selectClassName,
}: {
  className?: string | undefined
  selectClassName?: string | undefined
}) {
  const t = useTexts('platform')
  const [choice, setChoice] = useState<Choice>('auto')
  useEffect(() => {
    const { scheme } = document.documentElement.dataset // only the browser knows the choice
    if (scheme === 'light' || scheme === 'dark') setChoice(scheme)
  }, [])
  return (
    <label className={className}>
      {t('layout.scheme')}
      <select
        className={selectClassName}
        value={choice}
        onChange={event => {
          const next = event.target.value as Choice
          setChoice(next)
          keep(next)
        }}
      >
        <option value="auto">{t('layout.schemeAuto')}</option>
        <option value="light">{t('layout.schemeLight')}</option>
        <option value="dark">{t('layout.schemeDark')}</option>
      </select>
    </label>
  )
}

function keep(choice: Choice) {
  const { dataset } = document.documentElement
  if (choice === 'auto') delete dataset.scheme
  else dataset.scheme = choice
  try {
    localStorage.setItem(key, choice)
  } catch {
    // a browser that keeps nothing still shows the choice on this page
  }
}
