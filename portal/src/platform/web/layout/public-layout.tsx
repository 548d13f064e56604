import type { ReactNode } from 'react'
import { Link, NavLink, useLocation } from 'react-router'
import { otherLanguage, pathIn } from '#platform/core'
import { useLanguage, useTexts } from '../i18n/index.ts'
import { Brand, type Look, LookOf } from './brand.tsx'
import { ColourSchemeChoice } from './colour-scheme.tsx'
import { Container, SkipLink } from './container.tsx'
import style from './public-layout.module.css'

export interface NavigationEntry {
  href: string
  title: string
}

/** An entry of the header; below it others may hang. href: null where it only holds them */
export interface MenuEntry {
  href: string | null
  title: string
  children: readonly NavigationEntry[]
}

interface PublicLayoutProps {
  /** who runs this portal */
  brand: string
  look: Look
  navigation: readonly MenuEntry[]
  /** sign in, or the account of who is */
  account: NavigationEntry
  /** what is told to who is signed in */
  bell?: ReactNode
  /** columns of the footer, each with a heading */
  footer: readonly { title: string; lines: readonly ReactNode[] }[]
  /** last lines: company number, prices, licence */
  legal: readonly ReactNode[]
  children: ReactNode
}

/** Header, content and footer of every page a visitor sees. */
export function PublicLayout({ brand, look, navigation, account, bell, footer, legal, children }: PublicLayoutProps) {
  const language = useLanguage()
  return (
    <>
      <LookOf look={look} />
      <SkipLink />
      <header className={style.header}>
        <Container>
          <div className={style.bar}>
            <Brand name={brand} href={pathIn(language, '/')} look={look} />
            <Navigation entries={navigation} />
            {bell}
            <div className={style.side}>
              <LanguageLink />
              <Link to={account.href}>{account.title}</Link>
            </div>
            <PhoneMenu entries={[...navigation.flatMap(flat), account]} />
          </div>
        </Container>
      </header>
      <main id="content" className={style.main} tabIndex={-1}>
        {children}
      </main>
      <Footer columns={footer} legal={legal} />
    </>
  )
}

function Navigation({ entries }: { entries: readonly MenuEntry[] }) {
  const t = useTexts('platform')
  const { key } = useLocation()
  return (
    <nav className={style.navigation} aria-label={t('layout.mainNavigation')}>
      {entries.map(entry =>
        entry.children.length === 0 ? (
          <Entry entry={{ ...entry, href: entry.href! }} key={`${entry.href} ${entry.title}`} />
        ) : (
          <details key={`${entry.title} ${key}`} name="menu">
            <summary>{entry.title}</summary>
            <ul>
              {flat(entry).map(child => (
                <li key={child.href}>
                  <Entry entry={child} />
                </li>
              ))}
            </ul>
          </details>
        ),
      )}
    </nav>
  )
}

/** Elsewhere, or a page of the portal. */
function Entry({ entry: { href, title } }: { entry: NavigationEntry }) {
  if (!href.startsWith('/')) return <a href={href}>{title}</a>
  return (
    <NavLink to={href} prefetch="intent">
      {title}
    </NavLink>
  )
}

/** The entry itself, where it leads somewhere, and those below it. */
const flat = ({ href, title, children }: MenuEntry): NavigationEntry[] => [
  ...(href === null ? [] : [{ href, title }]),
  ...children,
]

/** The same page in the other language, where the portal speaks it; what is in the address (a configuration, a filter) stays. */
function LanguageLink() {
  const t = useTexts('platform')
  const language = useLanguage()
  const { pathname, search } = useLocation()
  const other = otherLanguage(language)
  if (!other) return null
  return (
    <a href={pathIn(other, pathname + search)} hrefLang={other} lang={other}>
      {t('layout.otherLanguage')}
    </a>
  )
}

/** Works before any script has arrived; closes when the page changes. */
function PhoneMenu({ entries }: { entries: readonly NavigationEntry[] }) {
  const t = useTexts('platform')
  const { key } = useLocation()
  return (
    <details className={style.menu} key={key}>
      <summary>{t('layout.menu')}</summary>
      <ul className={style.entries}>
        {entries.map(entry => (
          <li className={style.entry} key={entry.href}>
            <Entry entry={entry} />
          </li>
        ))}
        {otherLanguage(useLanguage()) ? (
          <li className={style.entry}>
            <LanguageLink />
          </li>
        ) : null}
      </ul>
    </details>
  )
}

function Footer({ columns, legal }: { columns: PublicLayoutProps['footer']; legal: PublicLayoutProps['legal'] }) {
  return (
    <footer className={style.footer}>
      <Container>
        <div className={style.columns}>
          {columns.map(column => (
            <section key={column.title}>
              <h2>{column.title}</h2>
              {column.lines.map((line, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the lines never move
                <p key={at}>{line}</p>
              ))}
            </section>
          ))}
          <ColourSchemeChoice className={style.scheme} selectClassName={style.select} />
        </div>
        <div className={style.lines}>
          {legal.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines never move
            <span key={at}>{line}</span>
          ))}
        </div>
      </Container>
    </footer>
  )
}
