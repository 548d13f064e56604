import { Outlet } from 'react-router'
import { pathIn } from '#platform/core'
import { useLanguage, useTexts } from '#platform/web'
import { Sections } from './sections.tsx'

/** What makes the portal the manufacturer's own, section by section. */
const sections = [
  ['/console/settings', 'company'],
  ['/console/settings/brand', 'brand'],
  ['/console/settings/prices', 'prices'],
  ['/console/settings/site', 'site'],
  ['/console/settings/privacy', 'privacy'],
  ['/console/settings/readings', 'readings'],
  ['/console/settings/mail', 'mail'],
  ['/console/settings/search', 'search'],
] as const

export default function SettingsPages() {
  const t = useTexts('platform')
  const language = useLanguage()
  return (
    <>
      <Sections
        label={t('console.settings')}
        items={sections.map(([path, id]) => ({ to: pathIn(language, path), title: t(`settings.${id}`) }))}
      />
      <Outlet />
    </>
  )
}
