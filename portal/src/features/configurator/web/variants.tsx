import { useEffect, useState } from 'react'
import { LargeNumber, useTexts } from '#platform/web'
import type { View } from '../core/index.ts'
import type { EngineClient } from './engine-client.ts'

/** How many configurations there are with the choices made; nothing where that cannot be told. */
export function Variants({ view, client }: { view: View; client: EngineClient }) {
  const t = useTexts('configurator')
  const [counted, setCounted] = useState<string | null>(null)
  useEffect(() => {
    let current = true
    void client.variants(view).then(answer => current && setCounted(answer))
    return () => {
      current = false
    }
  }, [client, view])
  if (counted === null) return null
  return (
    <div data-variants={counted}>
      <dt>{t('variants')}</dt>
      <dd role="status">
        <LargeNumber digits={counted} />
      </dd>
    </div>
  )
}
