import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Link, NavLink, useLocation } from 'react-router'
import { otherLanguage, pathIn } from '#platform/core'
import { useLanguage, useTexts } from '../i18n/index.ts'
import { Brand, type Look, LookOf } from './brand.tsx'
import { ColourSchemeChoice } from './colour-scheme.tsx'
import style from './console-shell.module.css'
import { ConsoleShortcuts } from './console-shortcuts.tsx'
import { SkipLink } from './container.tsx'

export interface ConsoleEntry {
  href: string
  title: string
  /** 20 px, drawn with currentColor */
  icon: ReactNode
  /** what waits there */
  count?: number
}

export interface ConsoleSection {
  title: string
  entries: readonly ConsoleEntry[]
}

interface ConsoleShellProps {
  brand: string
  look: Look
  /** those without entries are left out */
  sections: readonly ConsoleSection[]
  user: { name: string; email: string }
  onSignOut(): void
  /** the remembered state of the navigation: `narrowFromCookie(request.headers.get('cookie'))` */
  initiallyNarrow?: boolean
  /** what is told to who is signed in */
  bell?: ReactNode
  children: ReactNode
}

const cookie = 'fettle_nav'

/** Whether this browser keeps the navigation collapsed. */
export const narrowFromCookie = (header: string | null): boolean => new RegExp(`(^|;\\s*)${cookie}=narrow`).test(header ?? '')

/** The staff's frame: navigation left (collapsible, remembered), bar above, shortcuts. */
export function ConsoleShell({
  brand,
  look,
  sections,
  user,
  onSignOut,
  initiallyNarrow = false,
  bell,
  children,
}: ConsoleShellProps) {
  const t = useTexts('platform')
  const language = useLanguage()
  const [narrow, setNarrow] = useState(initiallyNarrow)
  const [palette, setPalette] = useState(false)
  const { pathname } = useLocation()
  const side = useRef<HTMLElement>(null)
  // The page's own entry may be out of sight: on a phone the navigation is one line, in a low window it is longer than that. The page itself stays where it is:
  // who goes back finds it as he left it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each page
  useEffect(() => {
    const [line, entry] = [side.current, side.current?.querySelector('[aria-current=page]')].map(one =>
      one?.getBoundingClientRect(),
    )
    if (!line || !entry) return
    const left = entry.left + entry.width / 2 - line.left - line.width / 2
    side.current?.scrollBy({ left, top: Math.max(0, entry.bottom - line.bottom) })
  }, [pathname])
  const shown = sections.filter(({ entries }) => entries.length > 0)
  const fold = () => {
    setNarrow(!narrow)
    const choice = `${cookie}=${narrow ? 'wide' : 'narrow'}; path=/; max-age=31536000; samesite=lax`
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
    document.cookie = location.protocol === 'https:' ? `__Host-${choice}; secure` : choice // as the server has it (http-cookies.ts)
  }
  return (
    <div className={style.shell} data-narrow={narrow}>
      <SkipLink />
      <header className={style.top}>
        <LookOf look={look} />
        <Brand name={brand} href={pathIn(language, '/console')} look={look} />
        <span className={style.spring} />
        <button type="button" className={style.palette} onClick={() => setPalette(true)}>
          {t('keys.go')}
          <kbd>Ctrl K</kbd>
        </button>
        {bell}
        <UserMenu user={user} onSignOut={onSignOut} />
      </header>
      <nav ref={side} className={style.side} aria-label={t('layout.mainNavigation')}>
        <div className={style.sections}>
          {shown.map(({ title, entries }) => (
            <section key={title} aria-label={title}>
              <p className={style.section} aria-hidden="true">
                <span className={style.word}>{title}</span>
              </p>
              <ul className={style.entries}>
                {entries.map(entry => (
                  <li key={entry.href}>
                    <NavLink to={entry.href} className={style.entry} title={narrow ? entry.title : undefined} prefetch="intent">
                      {entry.icon}
                      <span className={style.word}>{entry.title}</span>
                      {entry.count && !narrow ? <span className={style.count}>{entry.count}</span> : null}
                    </NavLink>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
        <button type="button" className={style.fold} aria-expanded={!narrow} onClick={fold}>
          <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
            <path d="M11 5 6 10l5 5M15 5l-5 5 5 5" />
          </svg>
          <span className={style.word}>{narrow ? t('layout.expand') : t('layout.collapse')}</span>
        </button>
      </nav>
      <main id="content" className={style.main} tabIndex={-1}>
        {children}
      </main>
      <ConsoleShortcuts entries={shown.flatMap(({ entries }) => entries)} palette={palette} onPalette={setPalette} />
    </div>
  )
}

function UserMenu({ user, onSignOut }: Pick<ConsoleShellProps, 'user' | 'onSignOut'>) {
  const t = useTexts('platform')
  const language = useLanguage()
  const { pathname, search, key } = useLocation()
  const other = otherLanguage(language)
  return (
    <details className={style.user} key={key}>
      <summary>
        <span className={style.initial} aria-hidden="true">
          {[...user.name][0]}
        </span>
        <span className={style.userName}>{user.name}</span>
      </summary>
      <div className={style.menu}>
        <p className={style.who}>{user.email}</p>
        <ColourSchemeChoice className={style.scheme} selectClassName={style.select} />
        {other ? (
          <a href={pathIn(other, pathname + search)} hrefLang={other} lang={other}>
            {t('layout.otherLanguage')}
          </a>
        ) : null}
        <Link to={pathIn(language, '/')}>{t('layout.toPortal')}</Link>
        <button type="button" onClick={onSignOut}>
          {t('layout.signOut')}
        </button>
      </div>
    </details>
  )
}
