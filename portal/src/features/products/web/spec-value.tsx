import type { Language } from '#platform/core'
import { Measure } from '#platform/web'
import type { ProductSummary } from '../core/index.ts'
import type { Fact } from './facts.tsx'

type SpecValue = ProductSummary['headline'][number]

/** A value of the specification: a number with its unit, or the names of what is chosen. */
export function SpecValueText({ field, language }: { field: SpecValue; language: Language }) {
  return typeof field.value === 'number' ? (
    <Measure value={field.value} unit={field.unit} decimals={field.decimals} />
  ) : (
    field.value[language]
  )
}

export const factsOf = (fields: readonly SpecValue[], language: Language): Fact[] =>
  fields.map(field => ({ id: field.id, name: field.name[language], value: <SpecValueText field={field} language={language} /> }))
