import { ColorSchemeScript, MantineProvider, useMantineColorScheme } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { useTexts } from '../i18n/index.ts'
import { theme } from '../tokens/theme.ts'

/** In the head, before any style: sets the reader's choice on the root element, so that nothing flashes. */
export function ColourSchemeScript({ nonce }: { nonce?: string | undefined }) {
  return <ColorSchemeScript defaultColorScheme="auto" {...(nonce ? { nonce } : {})} />
}

/** Around every page. Colours come from CSS variables, so no style element is written (a strict CSP stays strict). */
export function LookProvider({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      {children}
    </MantineProvider>
  )
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
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [known, setKnown] = useState(false)
  useEffect(() => setKnown(true), []) // the server cannot know the choice
  return (
    <label className={className}>
      {t('layout.scheme')}
      <select
        className={selectClassName}
        value={known ? colorScheme : 'auto'}
        onChange={event => setColorScheme(event.target.value as typeof colorScheme)}
      >
        <option value="auto">{t('layout.schemeAuto')}</option>
        <option value="light">{t('layout.schemeLight')}</option>
        <option value="dark">{t('layout.schemeDark')}</option>
      </select>
    </label>
  )
}
