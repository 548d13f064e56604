import type { Typed } from '#features/accounts/web'
import { type FieldMessages, TextField, type Translate, useTexts } from '#platform/web'
import { type FloorPlan, type FloorPlanFields, fewestMetres, mostMetres } from '../core/index.ts'

/** What a plan is called and how large its hall is. plan: null for a new one */
export function PlanFields({ plan, errors }: { plan: FloorPlan | null; errors: FieldMessages }) {
  const t = useTexts('floorplans')
  const metres = { type: 'number', inputMode: 'numeric', min: fewestMetres, max: mostMetres, step: 1, required: true } as const
  return (
    <>
      <TextField
        label={t('fields.name')}
        name="name"
        autoComplete="off"
        required
        maxLength={60}
        help={t('fields.nameHelp')}
        defaultValue={plan?.name ?? ''}
        error={errors.name}
      />
      <TextField
        label={t('fields.address')}
        name="address"
        autoComplete="off"
        optional
        maxLength={200}
        defaultValue={plan?.address ?? ''}
        error={errors.address}
      />
      <TextField
        label={t('fields.width')}
        name="width"
        {...metres}
        help={t('fields.widthHelp')}
        defaultValue={plan?.width ?? 40}
        error={errors.width}
      />
      {plan?.picture ? (
        <input type="hidden" name="depth" value={plan.depth} />
      ) : (
        <TextField
          label={t('fields.depth')}
          name="depth"
          {...metres}
          help={t('fields.depthHelp')}
          defaultValue={plan?.depth ?? 25}
          error={errors.depth}
        />
      )}
    </>
  )
}

export const fieldsIn = (typed: Typed): FloorPlanFields => ({
  ...{ name: typed.text('name'), address: typed.text('address') },
  ...{ width: Number(typed.text('width')), depth: Number(typed.text('depth')) },
})

export function missingIn(typed: Typed, t: Translate): FieldMessages {
  const { name, ...metres } = fieldsIn(typed)
  const wrong = (['width', 'depth'] as const).filter(
    field => !(Number.isInteger(metres[field]) && metres[field] >= fewestMetres && metres[field] <= mostMetres),
  )
  return {
    ...(name ? {} : { name: t('fields.nameMissing') }),
    ...Object.fromEntries(wrong.map(field => [field, t('fields.metres', { least: fewestMetres, most: mostMetres })])),
  }
}
