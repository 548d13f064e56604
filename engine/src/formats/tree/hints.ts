import type { AttributeValue, Feature } from './feature-tree.ts'

/**
 * Attributes below the name `fettle` are hints of our own writer to our own reader, which other tools may ignore: `fettle {step 5}`.
 * one: carried by features that formulas count, always 1; step: of a number; hidden: of a feature; currency: of the root;
 * alike: instances of the feature share the choices below it.
 */
const HINTS = 'fettle.'

export const HINT_OF_ONE = `${HINTS}one`

export const isHint = (attribute: string) => attribute.startsWith(HINTS)

export function hint(feature: Feature, name: 'step' | 'hidden' | 'currency' | 'alike'): AttributeValue | undefined {
  return feature.attributes.get(HINTS + name)
}
