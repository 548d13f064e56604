import { useCallback } from 'react'
import { Health } from '#features/diagnosis/web'
import { Closed } from '../closed.tsx'
import type { ViewProps } from '../machine-view.tsx'

/** How the health of a machine went and what it is made of. */
export default function HealthView({ machine, again }: ViewProps) {
  const read = useCallback(async () => (await again()).health, [again])
  if (!machine.health.open) return <Closed machine={machine} />
  return <Health first={machine.health} read={read} />
}
