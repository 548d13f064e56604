import type { FormEvent } from 'react'
import type { FleetMember } from '#features/fleet/core'
import { ActionButton, TextField, useTexts } from '#platform/web'
import { metresOf, type Place, placeAt, type Size } from '../core/index.ts'
import style from './arrange.module.css'
import { nameOf } from './mark.tsx'

interface FormProps {
  machine: FleetMember
  place: Place
  plan: Size
  onPlace(place: Place): void
  onTakeOff(): void
}

/** Where a machine stands, entered in metres. */
export function PlaceForm({ machine, place, plan, onPlace, onTakeOff }: FormProps) {
  const t = useTexts('floorplans')
  const { x, y } = metresOf(place, plan)
  const metres = { type: 'number', inputMode: 'decimal', min: 0, step: 0.1, required: true } as const
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    onPlace(placeAt({ x: Number(typed.get('x')), y: Number(typed.get('y')) }, plan))
  }
  return (
    <form className={style.place} onSubmit={onSubmit}>
      <strong>{nameOf(machine)}</strong>
      <div className={style.pair}>
        <TextField label={t('editing.x')} name="x" {...metres} max={plan.width} defaultValue={x} />
        <TextField label={t('editing.y')} name="y" {...metres} max={plan.depth} defaultValue={y} />
      </div>
      <div className={style.actions}>
        <ActionButton type="submit" size="small">
          {t('editing.move')}
        </ActionButton>
        <ActionButton size="small" strength="quiet" onClick={onTakeOff}>
          {t('editing.remove')}
        </ActionButton>
      </div>
    </form>
  )
}
