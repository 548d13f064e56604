import { NavLink, Outlet } from 'react-router'
import { pathIn } from '#platform/core'
import { useLanguage, useTexts } from '#platform/web'
import style from './settings-layout.module.css'

/** What makes the portal the manufacturer's own, section by section. */
const sections = [
  ['/console/settings', 'company'],
  ['/console/settings/brand', 'brand'],
  ['/console/settings/prices', 'prices'],
  ['/console/settings/site', 'site'],
  ['/console/settings/privacy', 'privacy'],
  ['/console/settings/mail', 'mail'],
  ['/console/settings/search', 'search'],
] as const

export default function SettingsPages() {
  const t = useTexts('platform')
  const language = useLanguage()
  return (
    <>
      <nav className={style.sections} aria-label={t('console.settings')}>
        {sections.map(([path, id]) => (
          <NavLink key={id} to={pathIn(language, path)} end>
            {t(`settings.${id}`)}
          </NavLink>
        ))}
      </nav>
      <Outlet />
    </>
  )
}
