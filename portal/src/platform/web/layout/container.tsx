import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useTexts } from '../i18n/index.ts'
import style from './container.module.css'

/** Centred column of a page. narrow: for reading. form: for one column of fields. */
export function Container({ width = 'page', children }: { width?: 'page' | 'narrow' | 'form'; children: ReactNode }) {
  return <div className={width === 'page' ? style.container : `${style.container} ${style[width]}`}>{children}</div>
}

/** First stop of the Tab key. The page's main element has the id `content`. */
export function SkipLink() {
  const t = useTexts('platform')
  return (
    <a className={style.skip} href="#content">
      {t('layout.skip')}
    </a>
  )
}

/** A page's one h1, with a line of help and the page's actions. */
export function PageHeader({ title, children, actions }: { title: ReactNode; children?: ReactNode; actions?: ReactNode }) {
  return (
    <header className={style.pageHeader}>
      <div>
        <h1>{title}</h1>
        {children ? <p>{children}</p> : null}
      </div>
      {actions ? <div className={style.actions}>{actions}</div> : null}
    </header>
  )
}

export interface Crumb {
  title: string
  href?: string
}

export function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  const t = useTexts('platform')
  return (
    <nav className={style.crumbs} aria-label={t('layout.breadcrumbs')}>
      <ol>
        {crumbs.map(({ title, href }) => (
          <li key={title} aria-current={href ? undefined : 'page'}>
            {href ? <Link to={href}>{title}</Link> : title}
          </li>
        ))}
      </ol>
    </nav>
  )
}
